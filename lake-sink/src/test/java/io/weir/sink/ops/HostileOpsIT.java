package io.weir.sink.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.process.Settings;
import io.weir.testkit.hostile.Attack;
import io.weir.testkit.hostile.HostileRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The requests that stream-app must stand, against health and metrics of lake-sink. */
@Tag("alone")
class HostileOpsIT {
  private static final String KEY = "canary-key-of-an-operator";
  private static final String HASH =
      "5bc7819ad2567083ac10b7bebccf82a95c78a88222b91ca9a80c2dfffb7e7894";
  private static final String CANARY = "canary-token-4711";
  private static final List<String> PATHS = List.of("/", "/health", "/ready", "/metrics", "/v1/a");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void hostileRequests_areNoDefects_andTellNothing() throws Exception {
    var settings =
        Settings.of(
            Map.of(
                "WEIR_SINK_PORT", "0",
                "WEIR_HTTP_KEYS", "bob:operator:" + HASH,
                "WEIR_HTTP_RATE", "0",
                "WEIR_HTTP_REQUEST_TIMEOUT", "500ms"));
    var health = new LoopHealth("bronze.events");
    health.up();
    var operations = new SinkOperations(List.of(health), new SinkMetrics());
    try (WebServer server = WebServer.of(ListenAddress.from(settings, "sink", 0), operations)) {
      server.start();
      var attack =
          new Attack(
              server.port(),
              new HostileRequests(72, PATHS),
              KEY,
              List.of("X-Token: " + CANARY),
              _ -> false);

      Attack.Outcome outcome = attack.run(() -> isAnswered(server));

      assertThat(outcome.statuses()).containsKeys(200, 400, 401, 404, 405);
      assertThat(outcome.errors())
          .hasSizeGreaterThan(100)
          .allSatisfy(error ->
              assertThat(error)
                  .doesNotContain(KEY, CANARY, "eyJ", "\tat io.", "java.lang.", "io.netty."));
      assertThat(outcome.isQuick()).as("p99 is %s", outcome.p99()).isTrue();
      assertThat(isAnswered(server)).isTrue();
    }
  }

  private static boolean isAnswered(WebServer server) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
            .header("Authorization", "Bearer " + KEY)
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
