package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.http.access.Access;
import io.weir.process.StartupException;
import io.weir.process.tls.Tls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WebServerTest {
  private static final FakeOperations OPERATIONS = new FakeOperations();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final WebServer SERVER =
      WebServer.of(new ListenAddress("sink", "127.0.0.1", 0), OPERATIONS);

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
    SERVER.close();
  }

  @Test
  void process_isAlive() throws Exception {
    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void allChecksOk_isReady() throws Exception {
    OPERATIONS.ready = Health.of(Map.of("store", "ok"), Map.of());

    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThat(get("/ready").body())
        .isEqualTo("{\"status\":\"UP\",\"checks\":{\"store\":\"ok\"},\"warnings\":{}}");
  }

  @Test
  void oneCheckFails_isNotReady() throws Exception {
    OPERATIONS.ready = Health.of(Map.of("store", "no \"disk\""));

    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/ready").body())
        .isEqualTo("{\"status\":\"DOWN\",\"checks\":{\"store\":\"no \\\"disk\\\"\"}}");
  }

  @Test
  void metrics_haveTheTypeThatPrometheusAsksFor() throws Exception {
    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.body()).isEqualTo("weir_rows_total 3.0\n");
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void unknownPath_isAProblem() throws Exception {
    HttpResponse<String> answer = get("/ready/x");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                + "\"detail\":\"there is nothing at /ready/x\"}");
  }

  @Test
  void portInUse_isNamedWithItsSettings() {
    try (WebServer second =
        WebServer.of(new ListenAddress("sink", "127.0.0.1", SERVER.port()), OPERATIONS)) {
      assertThatThrownBy(second::start)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + SERVER.port())
          .hasMessageContaining("WEIR_SINK_PORT or WEIR_SINK_HOST");
    }
  }

  @Test
  void managementPortInUse_isNamedToo() {
    var address =
        new ListenAddress(
            "sink", "127.0.0.1", 0, Optional.of(SERVER.port()), Access.local(), Tls.none());
    try (WebServer second = WebServer.of(address, OPERATIONS)) {
      assertThatThrownBy(second::start)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining(" and " + SERVER.port())
          .hasMessageContaining("WEIR_SINK_PORT, WEIR_SINK_MANAGEMENT_PORT or WEIR_SINK_HOST");
    }
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(SERVER.url() + path)).build(), BodyHandlers.ofString());
  }

  /** A service whose state a test sets. */
  private static final class FakeOperations implements Operations {
    private volatile Health ready = Health.alive();

    @Override
    public Health ready() {
      return ready;
    }

    @Override
    public String metrics() {
      return "weir_rows_total 3.0\n";
    }
  }
}
