package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.training.quality.BinaryQuality;
import io.weir.training.table.CsvReading;
import io.weir.training.table.TextColumns;
import io.weir.training.tree.TreeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The small Open Bandit data: 20,000 impressions with 115 clicks. No shape of trees beats the
 * constant on them, nor does logistic regression: ten clicks in a test part tell nothing. So the
 * test holds that the model does not do harm, and prints both figures.
 */
@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class OpenBanditTest {
  private static final int SEEDS = 2;

  @Test
  void fewClicks_doNoHarm() {
    double loss = 0;
    double constant = 0;
    for (String policy : List.of("random", "bts")) {
      Path file = testData().resolve("ads/obd_" + policy + "_men.csv.gz");
      assumeTrue(Files.exists(file), "no test data");
      TextColumns table = CsvReading.read(file);
      for (int seed = 1; seed <= SEEDS; seed++) {
        BinaryQuality quality = quality(table, seed);
        loss += quality.logLoss() / (2 * SEEDS);
        constant += quality.constantLogLoss() / (2 * SEEDS);
      }
    }
    System.out.printf(
        Locale.ROOT, "Open Bandit: log-loss %.5f, of the constant %.5f%n", loss, constant);
    assertThat(loss).isLessThan(1.02 * constant);
  }

  private static BinaryQuality quality(TextColumns table, int seed) {
    List<String> drop = List.of("propensity_score", "timestamp");
    var task = new TrainingTask("ads", "click", Optional.empty(), drop, seed);
    TrainingPlan plan = TrainingPlan.of(TreeSettings.standard(1, 1));
    return new TableTraining(task, plan, (_, _, _) -> {}, Clock.systemUTC())
        .run(table)
        .report()
        .metrics();
  }

  /** The folder of {@code WEIR_TEST_DATA}, else the folder beside the checkout. */
  private static Path testData() {
    String given = System.getenv("WEIR_TEST_DATA");
    return given == null ? Path.of("../../shared/data") : Path.of(given);
  }
}
