package io.weir.process.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.weir.process.StartupException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exporter as a service starts it, and a collector that only listens. */
class TracingExportTest {
  private static final String ADDRESS = "otel.exporter.otlp.endpoint";

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private HttpServer collector;

  @BeforeEach
  void listen() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          received.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    System.setProperty(ADDRESS, "http://127.0.0.1:" + collector.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    System.clearProperty(ADDRESS);
    collector.stop(0);
  }

  @Test
  void spans_reachTheCollector_atTheLatestAtTheEnd() {
    try (Tracing tracing = Tracing.open(1, "weir-test")) {
      Trace begun = Objects.requireNonNull(tracing.begin(new RecordHeaders()));
      begun.step("accept event", System.currentTimeMillis(), "weir.event.type", "page_view");
    }

    assertThat(received.poll())
        .contains("weir-test", "accept event", "weir.event.type", "page_view");
  }

  @Test
  void variableOfOpenTelemetryThatIsWrong_isNamed() {
    System.setProperty(ADDRESS, "collector:4318");

    assertThatThrownBy(() -> Tracing.open(1, "weir-test"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("OTEL_")
        .hasMessageContaining("collector:4318");
  }
}
