package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  private static final String COLLECTOR = "Bearer k-collector";

  @Test
  void largeBody_isNotTaken() {
    try (Doors doors = Doors.with("WEIR_HTTP_KEYS", Doors.keys(), "WEIR_HTTP_BODY_LIMIT", "4k")) {
      HttpResponse<String> small = visit(doors, 4_000);
      HttpResponse<String> large = visit(doors, 5_000);

      assertThat(small.body()).isEqualTo("visited 4000");
      assertThat(large.statusCode()).isEqualTo(413);
      assertThat(large.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
  }

  private static HttpResponse<String> visit(Doors doors, int length) {
    return doors.post(
        "/shop/visits",
        "x".repeat(length),
        "Authorization",
        COLLECTOR,
        "Content-Type",
        "application/json");
  }

  @Test
  void clientThatAsksTooOften_isToldWhenToAskAgain() {
    try (Doors doors = Doors.with("WEIR_HTTP_KEYS", Doors.keys(), "WEIR_HTTP_RATE", "1")) {
      long begin = System.nanoTime();
      List<HttpResponse<String>> answers =
          IntStream.range(0, 30).mapToObj(_ -> doors.as("reader", "/shop/orders")).toList();
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + 1;

      // Two at once, and one more each second.
      assertThat(answers.stream().filter(answer -> answer.statusCode() == 200).count())
          .isBetween(2L, 2 + seconds);
      assertThat(answers)
          .filteredOn(answer -> answer.statusCode() != 200)
          .isNotEmpty()
          .allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
          });
      assertThat(doors.as("operator", "/shop/orders").statusCode()).isEqualTo(200);
      assertThat(
              IntStream.range(0, 30).mapToObj(_ -> doors.as("instance", "/shop/orders")).toList())
          .allMatch(answer -> answer.statusCode() == 200);
    }
  }

  @Test
  void strangers_areCountedByTheirAddress() {
    try (Doors doors = Doors.with("WEIR_HTTP_KEYS", Doors.keys(), "WEIR_HTTP_RATE", "1")) {
      assertThat(IntStream.range(0, 30).map(i -> doors.as("x" + i, "/shop/orders").statusCode()))
          .contains(401, 429);
      assertThat(doors.as("reader", "/shop/orders").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void instancesOfAnOpenService_doNotSlowEachOther() {
    try (Doors doors = Doors.with("WEIR_HTTP_OPEN", "true", "WEIR_HTTP_RATE", "1")) {
      assertThat(statuses(doors, "/shop/orders", "Weir-Forwarded", "1")).containsOnly(200);
      assertThat(statuses(doors, "/shop/orders")).contains(200, 429);
    }
  }

  @Test
  void forwardedRequestsOfAnOpenService_haveARateOfTheirOwn() {
    try (Doors doors = Doors.with("WEIR_HTTP_OPEN", "true", "WEIR_HTTP_RATE", "1")) {
      int most = 2 * ForwardedRequests.CLIENTS_OF_AN_INSTANCE;
      long begin = System.nanoTime();
      long taken =
          IntStream.range(0, 10 * most)
              .filter(i -> doors.get("/shop/orders", "Weir-Forwarded", "1").statusCode() == 200)
              .count();
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + 1;

      assertThat(taken)
          .isBetween((long) most, most + seconds * ForwardedRequests.CLIENTS_OF_AN_INSTANCE);
      assertThat(taken).isLessThan(10L * most);
    }
  }

  @ParameterizedTest
  @CsvSource({"WEIR_HTTP_OPEN, true", "WEIR_STREAM_HOST, 127.0.0.1"})
  void instancesThatShareAKey_areAloneToForward(String name, String value) {
    try (Doors doors =
        Doors.with(name, value, "WEIR_HTTP_RATE", "1", "WEIR_HTTP_KEY", "k-shared")) {
      HttpResponse<String> forged = doors.get("/shop/orders", "Weir-Forwarded", "1");

      assertThat(forged.statusCode()).isEqualTo(403);
      assertThat(forged.body()).contains("WEIR_HTTP_KEY").doesNotContain("k-shared");
      assertThat(
              statuses(
                  doors, "/shop/orders", "Weir-Forwarded", "1", "Authorization", "Bearer k-shared"))
          .containsOnly(200);
      // Guesses are counted as other requests of the same address are.
      assertThat(
              statuses(
                  doors, "/shop/orders", "Weir-Forwarded", "1", "Authorization", "Bearer k-share"))
          .contains(429)
          .doesNotContain(200);
      // The key alone makes nobody an instance.
      assertThat(statuses(doors, "/shop/orders", "Authorization", "Bearer k-shared")).contains(429);
    }
  }

  @Test
  void wayOfAQuestion_countsOnlyFromThoseWhoAreBelieved() {
    try (Doors doors = Doors.with("WEIR_HTTP_KEYS", Doors.keys(), "WEIR_HTTP_RATE", "1")) {
      assertThat(
              statuses(
                  doors,
                  "/shop/orders",
                  "Weir-Forwarded",
                  "1",
                  "Authorization",
                  "Bearer k-operator"))
          .containsOnly(200);
      assertThat(
              statuses(
                  doors, "/shop/orders", "Weir-Forwarded", "1", "Authorization", "Bearer k-reader"))
          .contains(429);
      assertThat(
              statuses(
                  doors, "/shop/orders", "Weir-Forwarded", "1", "Authorization", "Bearer wrong"))
          .contains(429);
    }
  }

  @Test
  void filesOfThePage_areNotCounted() {
    try (Doors doors = Doors.with("WEIR_HTTP_KEYS", Doors.keys(), "WEIR_HTTP_RATE", "1")) {
      assertThat(statuses(doors, "/shop/window")).containsOnly(200);
      assertThat(doors.get("/shop/orders").statusCode()).isEqualTo(401);
    }
  }

  /** What 30 requests are answered, which no machine takes half a minute for. */
  private static List<Integer> statuses(Doors doors, String path, String... headers) {
    return IntStream.range(0, 30).mapToObj(_ -> doors.get(path, headers).statusCode()).toList();
  }

  @Test
  void rate_comesBackWithTime() {
    var rate = new RateLimit(10);
    long now = 1_000;
    for (int i = 0; i < 20; i++) {
      assertThat(rate.secondsToWait("a", now)).isZero();
    }
    assertThat(rate.secondsToWait("a", now)).isEqualTo(1);
    assertThat(rate.secondsToWait("b", now)).isZero();
    assertThat(rate.secondsToWait("a", now + 110_000_000)).isZero();
    assertThat(rate.secondsToWait("a", now + 110_000_000)).isEqualTo(1);
  }

  @Test
  void rate_remembersABoundedNumberOfClients() {
    var rate = new RateLimit(1);
    rate.secondsToWait("a", 0);
    rate.secondsToWait("a", 0);
    assertThat(rate.secondsToWait("a", 0)).isPositive();
    for (int i = 0; i < 10_000; i++) {
      rate.secondsToWait("other" + i, 0);
    }
    assertThat(rate.secondsToWait("a", 0)).isZero();
  }

  @Test
  @Timeout(60)
  void requestThatTrickles_isEnded() throws IOException, InterruptedException {
    try (Doors doors =
            Doors.with("WEIR_HTTP_KEYS", Doors.keys(), "WEIR_HTTP_REQUEST_TIMEOUT", "500ms");
        var socket = new Socket(InetAddress.getLoopbackAddress(), doors.server.port())) {
      InputStream in = socket.getInputStream();
      write(socket, "GET /health HTTP/1.1\r\nHost: localhost\r\n");
      int sent = 0;
      while (sent < 100 && isOpen(socket)) {
        Thread.sleep(50);
        write(socket, "X-" + sent++ + ": y\r\n");
      }

      // Four seconds, and more only where the trickle is as slow as the server.
      assertThat(sent).isLessThan(80);
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  @Timeout(60)
  void quickRequests_goOnOverOneConnection() throws IOException, InterruptedException {
    try (Doors doors = Doors.with("WEIR_HTTP_REQUEST_TIMEOUT", "1s");
        var socket = new Socket(InetAddress.getLoopbackAddress(), doors.server.port())) {
      for (int i = 0; i < 5; i++) {
        write(socket, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        byte[] answer = new byte[12];
        assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
        assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        Thread.sleep(250); // five of them are more than the time of a request
        socket.getInputStream().skipNBytes(socket.getInputStream().available());
      }
    }
  }

  private static boolean isOpen(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException _) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void write(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException _) {
      // The server has closed it, which the test looks at next.
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/shop/orders", "/nothing", "/health", "/shop/broken", "/%zz", "/a b"})
  void everyAnswer_hasTheSafeHeaders(String path) throws IOException {
    try (Doors doors = Doors.with("WEIR_HTTP_KEYS", Doors.keys());
        var socket = new Socket(InetAddress.getLoopbackAddress(), doors.server.port())) {
      write(
          socket,
          "GET "
              + path
              + " HTTP/1.1\r\nHost: a\r\nOrigin: http://evil.example\r\n"
              + "Authorization: Bearer k-reader\r\nConnection: close\r\n\r\n");
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .toLowerCase(Locale.ROOT);

      assertThat(answer)
          .contains("content-security-policy: default-src 'none'", "nosniff", "no-store")
          .contains("x-frame-options", "referrer-policy: no-referrer")
          .doesNotContain("access-control-", "io.weir", "io.netty", "exception");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "WEIR_HTTP_BODY_LIMIT, 10, from 1k to 64m",
    "WEIR_HTTP_BODY_LIMIT, 1g, from 1k to 64m",
    "WEIR_HTTP_RATE, -1, a whole number",
    "WEIR_HTTP_HOSTS, http://weir.example.com, is no name of a host",
    "WEIR_HTTP_HOSTS, *, is no name of a host",
    "WEIR_HTTP_REQUEST_TIMEOUT, 0s, from 100ms to 1h",
  })
  void limitsThatMakeNoSense_areRefused(String name, String value, String complaint) {
    assertThatThrownBy(() -> Doors.address("WEIR_HTTP_KEYS", Doors.keys(), name, value))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(complaint);
  }
}
