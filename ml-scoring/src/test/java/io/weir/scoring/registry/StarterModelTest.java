package io.weir.scoring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.model.feature.SessionFeatures;
import io.weir.model.feature.SessionRates;
import io.weir.testkit.TestSessions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StarterModelTest {
  private static final int LARGEST = 300_000;
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  @Test
  void demoModel_isSmall() throws IOException {
    int size = 0;
    for (String name : List.of("model.json", "golden.json", "report.json", "SHA256SUMS")) {
      try (InputStream in = getClass().getResourceAsStream("/scoring/starter/demo/" + name)) {
        size += Objects.requireNonNull(in, name).readAllBytes().length;
      }
    }

    assertThat(size).isLessThanOrEqualTo(LARGEST);
  }

  @Test
  void demoModel_fitsTheFeatures_andScoresACheckoutHigher() {
    LoadedModel loaded = StarterModel.DEMO.load(NOW).orElseThrow();
    Session visit = TestSessions.session("v", 1).build();
    Session checkout =
        TestSessions.session("v", 1)
            .setFeatures(
                TestSessions.inputs()
                    .setProductViews(2)
                    .setAddToCarts(1)
                    .setCheckouts(1)
                    .setLastEvent("checkout")
                    .build())
            .build();

    assertThat(loaded.version()).isEqualTo("starter-demo-4");
    assertThat(loaded.card().orElse("")).contains("\"auc\":0.8");
    assertThat(
            loaded.model().score(SessionFeatures.of(checkout, SessionRates.Seen.NOTHING).values()))
        .isGreaterThan(
            2
                * loaded
                    .model()
                    .score(SessionFeatures.of(visit, SessionRates.Seen.NOTHING).values()));
  }

  @Test
  void none_isNoModel() {
    assertThat(StarterModel.NONE.load(NOW)).isEmpty();
  }
}
