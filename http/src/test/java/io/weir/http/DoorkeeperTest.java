package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorkeeperTest {
  private static final Doors CLOSED = Doors.with("WEIR_HTTP_KEYS", Doors.keys());

  private static final List<String> OWN_NAMES =
      List.of(
          "stream-app:8180",
          "localhost",
          "192.0.2.1:80",
          "[2001:db8::1]:8180",
          "weir-0.weir-peers.shop.svc:8180",
          "weir.shop.svc.cluster.local.",
          "host.docker.internal",
          "WEIR.example.com:443",
          "a.shop.example");

  private static final List<String> OTHER_NAMES =
      List.of(
          "evil.example",
          "shop.example",
          "weir.example.com.evil.example",
          "evilshop.example",
          "192.0.2.1.evil.example:80",
          "a.svc.evil.example",
          "evil.local");

  @AfterAll
  static void stop() {
    CLOSED.close();
  }

  @ParameterizedTest
  @CsvSource({
    "reader, GET, /shop/orders, 200",
    "instance, GET, /shop/orders, 200",
    "operator, GET, /shop/orders, 200",
    "collector, GET, /shop/orders, 403",
    "reader, HEAD, /shop/orders, 200",
    "collector, HEAD, /shop/orders, 403",
    "reader, POST, /shop/orders, 403",
    "instance, POST, /shop/orders, 403",
    "operator, POST, /shop/orders, 200",
    "collector, POST, /shop/visits, 200",
    "reader, POST, /shop/visits, 403",
    "reader, GET, /shop/inside, 403",
    "instance, GET, /shop/inside, 200",
    "operator, GET, /shop/inside, 200",
    "reader, GET, /metrics, 403",
    "operator, GET, /metrics, 200",
    "reader, GET, /nothing, 404",
    "wrong, GET, /shop/orders, 401",
    "wrong, GET, /nothing, 401",
    "wrong, POST, /shop/visits, 401",
    "wrong, GET, /shop/%69nside, 401",
    "reader, GET, /shop/%69nside, 404",
    "wrong, OPTIONS, /shop/orders, 401",
  })
  void role_mayDoItsPart(String role, String method, String path, int status) {
    String body = method.equals("POST") ? "{}" : "";

    HttpResponse<String> answer =
        CLOSED.send(
            method,
            CLOSED.server.port(),
            path,
            body,
            "Authorization",
            "Bearer k-" + role,
            "Content-Type",
            "application/json");

    assertThat(answer.statusCode()).isEqualTo(status);
    if (status > 400) {
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
  }

  @Test
  void stranger_isAskedForAKey() {
    HttpResponse<String> answer = CLOSED.get("/shop/orders");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(answer.body()).contains("\"status\":401", "needs a key").doesNotContain("orders");
  }

  @Test
  void stranger_learnsThatTheServiceIsReady_butNotWhy() {
    assertThat(CLOSED.get("/ready").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(CLOSED.get("/health").statusCode()).isEqualTo(200);
    assertThat(CLOSED.as("reader", "/ready").body()).contains("store");
  }

  @Test
  void onlyInstances_areBelieved() {
    assertThat(CLOSED.as("instance", "/shop/orders").body()).contains("instance true");
    assertThat(CLOSED.as("reader", "/shop/orders").body()).contains("instance false");
  }

  @Test
  void defect_showsNothing() {
    HttpResponse<String> answer = CLOSED.as("reader", "/shop/broken");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret", "Exception", "io.weir");
  }

  @Test
  void localService_needsNoKey_butIsNoOtherName() throws IOException {
    try (Doors local = Doors.with()) {
      assertThat(local.get("/shop/orders").body()).isEqualTo("orders, instance true");
      assertThat(withHost(local, "evil.example:80")).contains(" 403 ");
      assertThat(withHost(local, "127.0.0.1.evil.example")).contains(" 403 ");
      assertThat(withHost(local, "localhost:8180")).contains(" 200 ");
      assertThat(withHost(local, "[::1]:8180")).contains(" 200 ");
    }
  }

  @Test
  void openService_takesEverybody_butNoNameOfTheWeb() throws IOException {
    try (Doors open =
        Doors.with(
            "WEIR_HTTP_OPEN", "true",
            "WEIR_STREAM_HOST", "0.0.0.0",
            "WEIR_HTTP_HOSTS", "weir.example.com, .Shop.example")) {
      assertThat(open.get("/metrics").statusCode()).isEqualTo(200);
      for (String name : OWN_NAMES) {
        assertThat(withHost(open, name)).as(name).contains(" 200 ");
      }
      for (String name : OTHER_NAMES) {
        assertThat(withHost(open, name)).as(name).contains(" 403 ", "WEIR_HTTP_HOSTS");
      }
    }
  }

  @Test
  void proxyWithALoginOfItsOwn_leavesTheCookie() {
    HttpResponse<String> answer =
        CLOSED.get("/shop/orders", "Authorization", "Basic YTpi", "Cookie", "weir-key=k-reader");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(
            CLOSED
                .get("/shop/orders", "Authorization", "Bearer no", "Cookie", "weir-key=k-reader")
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void cookieThatNoSignInGives_isNotLookedUp() {
    try (Doors doors =
        Doors.with("WEIR_HTTP_KEYS", Doors.keys() + " odd:reader:" + Doors.hash("odd!key"))) {
      assertThat(doors.get("/shop/orders", "Authorization", "Bearer odd!key").statusCode())
          .isEqualTo(200);
      for (String cookie : List.of("odd!key", "", "\"\"")) {
        assertThat(doors.get("/shop/orders", "Cookie", "weir-key=" + cookie).statusCode())
            .as(cookie)
            .isEqualTo(401);
      }
      assertThat(doors.get("/shop/orders", "Cookie", "weir-key=k-reader").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void managementPort_hasHealthAndMetrics_andNothingElse() throws IOException {
    int port = Doors.freePort();
    try (Doors doors =
        Doors.with("WEIR_HTTP_KEYS", Doors.keys(), "WEIR_STREAM_MANAGEMENT_PORT", "" + port)) {
      assertThat(doors.server.port()).isNotEqualTo(port);
      assertThat(doors.send("GET", port, "/ready", "").body()).contains("store");
      assertThat(doors.send("GET", port, "/metrics", "").statusCode()).isEqualTo(200);
      assertThat(
              doors
                  .send("GET", port, "/shop/orders", "", "Authorization", "Bearer k-operator")
                  .statusCode())
          .isEqualTo(404);
      assertThat(doors.as("operator", "/metrics").statusCode()).isEqualTo(404);
      assertThat(doors.as("reader", "/shop/orders").statusCode()).isEqualTo(200);
    }
  }

  private static String withHost(Doors doors, String host) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), doors.server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET /shop/orders HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
