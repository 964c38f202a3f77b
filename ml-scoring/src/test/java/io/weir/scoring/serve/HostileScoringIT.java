package io.weir.scoring.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.http.Health;
import io.weir.http.ListenAddress;
import io.weir.http.Operations;
import io.weir.process.Settings;
import io.weir.process.tls.PeerTrust;
import io.weir.scoring.fixture.TestModels;
import io.weir.testkit.hostile.Attack;
import io.weir.testkit.hostile.HostileRequests;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests that stream-app must stand, against the questions that ml-scoring answers. */
class HostileScoringIT {
  private static final String KEY = "canary-key-of-a-collector";
  private static final String HASH =
      "631a5eb9c5b288fefc693d7fddf1db3f9660ceb3b425cd20fba2b8cddc34a3ca";
  private static final String CANARY = "canary-token-4711";
  private static final List<String> PATHS =
      List.of(
          "/",
          "/openapi.yaml",
          "/health",
          "/ready",
          "/metrics",
          "/v1/model",
          "/v1/score",
          "/v1/score",
          "/v2",
          "/v2/health/ready",
          "/v2/models/conversion",
          "/v2/models/conversion/infer",
          "/v2/models/conversion/infer",
          "/v2/models/conversion/versions/1/infer",
          "/v2/models/p_click",
          "/v2/models/p_click/infer");

  @TempDir private Path folder;

  @Test
  void hostileRequests_areNoDefects_andTellNothing() throws Exception {
    TestModels.save(folder, TestModels.stump(-1, 1));
    var settings =
        Settings.of(
            Map.of(
                "WEIR_SCORING_PORT", "0",
                "WEIR_HTTP_KEYS", "carl:collector:" + HASH,
                "WEIR_HTTP_RATE", "0",
                "WEIR_HTTP_REQUEST_TIMEOUT", "500ms"));
    try (var server =
        new InferenceServer(
            folder,
            ListenAddress.from(settings, "scoring", 0),
            new VisitorSessions(Optional.empty(), Optional.empty(), PeerTrust.usual()),
            new Up())) {
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

  private static boolean isAnswered(InferenceServer server) {
    try {
      return server.get("/v2/models/conversion", "Authorization", "Bearer " + KEY).statusCode()
          == 200;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Up implements Operations {
    @Override
    public Health ready() {
      return Health.of(Map.of("model", Health.OK));
    }

    @Override
    public String metrics() {
      return "";
    }
  }
}
