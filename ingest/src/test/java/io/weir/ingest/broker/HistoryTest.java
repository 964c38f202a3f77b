package io.weir.ingest.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.weir.process.StartupException;
import io.weir.process.tls.PeerTrust;
import io.weir.testkit.FreePort;
import io.weir.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests against a server that answers like a stream-app. */
class HistoryTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final String USUAL =
      "{\"maxEventAge\":\"PT720H\",\"maxFutureSkew\":\"PT5M\",\"allowedLateness\":\"PT24H\","
          + "\"sessionGap\":\"PT30M\",\"sessionGrace\":\"PT30S\"}";

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server = serverOn(0);
  private volatile boolean isFrozen;

  private static HttpServer serverOn(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              answers.getOrDefault(exchange.getRequestURI().getPath(), "").getBytes(UTF_8);
          assertThat(exchange.getRequestHeaders().getFirst("Authorization"))
              .isEqualTo("Bearer a-key");
          exchange.sendResponseHeaders(
              body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body, 0, isFrozen ? body.length / 2 : body.length);
          if (isFrozen) {
            exchange.getResponseBody().flush();
            join(end);
          }
          exchange.close();
        });
    server.start();
    answers.put("/v1/rules", USUAL);
    watermark("null");
  }

  private static void join(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private void watermark(String json) {
    answers.put("/v1/status", "{\"partitions\":[{\"partition\":0,\"watermark\":" + json + "}]}");
  }

  private History history(boolean isLateFine, boolean isClosing) {
    var stream =
        new StreamApp(
            "http://127.0.0.1:" + server.getAddress().getPort(),
            Optional.of("a-key"),
            PeerTrust.usual());
    return new History(
        Optional.of(stream), new ManualClock(NOW), isLateFine, isClosing, Duration.ZERO);
  }

  private static long time(String text) {
    return Instant.parse(text).toEpochMilli();
  }

  @Test
  void dataOlderThanTheAgeLimit_areRefused_withTheCommandToRun() {
    assertThatThrownBy(() -> history(false, true).gate().accept(time("2015-05-17T10:05:03Z")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("2015-05-17T10:05:03Z")
        .hasMessageContaining("are rejected")
        .hasMessageContaining("./weir demo --empty")
        .hasMessageContaining("--late-is-fine");
  }

  @Test
  void dataBehindTheWatermark_areRefusedAsLate() {
    watermark("\"2026-07-01T11:59:00Z\"");

    assertThatThrownBy(() -> history(false, true).gate().accept(time("2026-06-28T00:00:00Z")))
        .hasMessageContaining("from 2026-06-30T11:59:00Z on")
        .hasMessageContaining("late and join no session");
  }

  @Test
  void recentData_orWithoutAWatermark_areTaken() {
    history(false, true).gate().accept(time("2026-06-20T00:00:00Z"));
    watermark("\"2026-07-01T11:59:00Z\"");
    history(false, true).gate().accept(time("2026-07-01T00:00:00Z"));
    history(true, true).gate().accept(time("2015-05-17T10:05:03Z"));
  }

  @Test
  void pastData_areClosedBehindGapAndGrace_liveOnesNot() {
    var history = history(false, true);

    assertThat(history.closingTime(time("2026-07-01T11:00:00Z")))
        .hasValue(time("2026-07-01T11:30:30.001Z"));
    assertThat(history.closingTime(time("2026-07-01T11:40:00Z"))).isEmpty();
    assertThat(history(false, false).closingTime(time("2026-07-01T11:00:00Z"))).isEmpty();
  }

  @Test
  void streamAppThatIsAway_isOneLineWithTheSetting() {
    var away =
        new History(
            Optional.of(
                new StreamApp(
                    "http://127.0.0.1:" + FreePort.next(), Optional.empty(), PeerTrust.usual())),
            new ManualClock(NOW),
            false,
            true,
            Duration.ZERO);

    assertThatThrownBy(() -> away.gate().accept(0))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_INGEST_STREAM_URL");
  }

  @Test
  @Timeout(60)
  void streamAppThatStopsInTheMiddleOfItsAnswer_isOneLineToo() {
    isFrozen = true;
    var stream =
        new StreamApp(
            "http://127.0.0.1:" + server.getAddress().getPort(),
            Optional.of("a-key"),
            PeerTrust.usual(),
            Duration.ofMillis(500));

    assertThatThrownBy(stream::rules)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("no whole answer within 500 ms")
        .hasMessageContaining("WEIR_INGEST_STREAM_URL");
  }

  @Test
  void withoutAStreamApp_nothingIsRefusedOrClosed() {
    var blind =
        new History(Optional.empty(), new ManualClock(NOW), false, true, Duration.ofSeconds(5));

    blind.gate().accept(0);
    assertThat(blind.closingTime(0)).isEmpty();
    assertThat(blind.counters()).isEmpty();
  }
}
