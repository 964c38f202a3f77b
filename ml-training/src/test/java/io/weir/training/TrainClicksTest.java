package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.model.feature.ClickSchema;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.TrainingReport;
import io.weir.training.click.ImpressionSet;
import io.weir.training.click.PlantedImpressions;
import io.weir.training.tree.TreeSettings;
import io.weir.training.tree.TreeShape;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class TrainClicksTest {
  @Test
  void plantedChance_isFound() throws IOException {
    ModelArtifact artifact = train();

    TrainingReport report = artifact.report();
    assertThat(report.metrics().auc()).isGreaterThan(0.7);
    assertThat(report.metrics().logLoss()).isLessThan(0.97 * report.metrics().constantLogLoss());
    assertThat(report.metrics().calibrationError()).isLessThan(0.02);
    assertThat(report.importance().keySet()).first().isEqualTo("ad_rate");
    assertThat(report.recipe()).isNotNull().extracting("predicts").isEqualTo("p_click");
    Map<String, byte[]> files = artifact.files();
    JsonNode features = new ObjectMapper().readTree(files.get("features.json"));
    assertThat(features.path("fingerprint").textValue())
        .isEqualTo(ClickSchema.current().fingerprint());
    assertThat(features.path("features")).hasSize(ClickSchema.current().size());
    assertThat(new ObjectMapper().readTree(files.get("golden.json")).path("rows")).hasSize(50);
    JsonNode rates = new ObjectMapper().readTree(files.get("rates.json"));
    assertThat(rates.at("/ad/rates/ad-0").doubleValue())
        .isGreaterThan(2 * rates.at("/ad/rates/ad-9").doubleValue());
    assertThat(new String(files.get("model_card.md"), java.nio.charset.StandardCharsets.UTF_8))
        .contains(
            "Rows are impressions of `planted`",
            "whose click might still have come",
            "of bots by agent.");
  }

  private static ModelArtifact train() {
    var shape = new TreeShape(3, 0.15, 1, 1, 1, 1);
    var plan = TrainingPlan.of(new TreeSettings(shape, 200, 15, 1, 1, Set.of()));
    return new LakeTraining(Prediction.P_CLICK, "p_click", plan, (_, _, _) -> {}, Clock.systemUTC())
        .run(TrainClicksTest::rows, Optional.empty());
  }

  private static Prediction.Rows rows() {
    ImpressionSet set = PlantedImpressions.planted(6_000, 1);
    return new Prediction.Rows(set.rows(), set.rates());
  }
}
