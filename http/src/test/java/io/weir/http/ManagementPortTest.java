package io.weir.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a stranger writes by hand, to be taken for those of another port or caller. */
class ManagementPortTest {
  private static final String METRIC = "weir_rows_total";
  private static Doors doors;
  private static int management;

  @BeforeAll
  static void start() throws IOException {
    management = Doors.freePort();
    doors =
        Doors.with(
            "WEIR_STREAM_MANAGEMENT_PORT",
            Integer.toString(management),
            "WEIR_HTTP_KEYS",
            Doors.keys());
  }

  @AfterAll
  static void stop() {
    doors.close();
  }

  private static String answer(int port, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String end = "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write((request + end).getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  /** The port is that of the connection, whatever a request says of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:%d",
        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Port: %d",
        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Host: 127.0.0.1:%d",
        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nForwarded: host=\"127.0.0.1:%d\"",
        "GET http://127.0.0.1:%d/metrics HTTP/1.1\r\nHost: 127.0.0.1",
        "GET //127.0.0.1:%d/metrics HTTP/1.1\r\nHost: 127.0.0.1",
        "GET /metrics;%d HTTP/1.1\r\nHost: 127.0.0.1",
        "GET /%%6detrics?%d HTTP/1.1\r\nHost: 127.0.0.1",
        "GET /shop/../metrics?%d HTTP/1.1\r\nHost: 127.0.0.1",
      })
  void servicePort_showsNoMetrics(String request) throws IOException {
    String answer = answer(doors.server.port(), request.formatted(management));

    assertThat(answer).containsPattern("^HTTP/1.1 4\\d\\d ").doesNotContain(METRIC);
  }

  @Test
  void managementPort_showsNothingElse() throws IOException {
    String host = "\r\nHost: 127.0.0.1:" + doors.server.port();

    assertThat(answer(management, "GET /metrics HTTP/1.1" + host)).contains(METRIC);
    for (String path : List.of("/shop/orders", "/metrics/../shop/orders", "//shop/orders")) {
      String request = "GET " + path + " HTTP/1.1" + host + "\r\nAuthorization: Bearer k-operator";
      assertThat(answer(management, request)).startsWith("HTTP/1.1 404 ");
    }
  }

  /** All who look at a request must see the same of two keys. */
  @Test
  void secondKey_doesNotCount() throws IOException {
    String twice =
        "GET /shop/inside HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer k-%s"
            + "\r\nAuthorization: Bearer k-%s";

    assertThat(answer(doors.server.port(), twice.formatted("reader", "instance")))
        .startsWith("HTTP/1.1 403 ");
    assertThat(answer(doors.server.port(), twice.formatted("wrong", "instance")))
        .startsWith("HTTP/1.1 401 ");
  }
}
