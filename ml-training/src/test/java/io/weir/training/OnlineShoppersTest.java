package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.training.artifact.TrainingReport;
import io.weir.training.table.CsvReading;
import io.weir.training.table.TextColumns;
import io.weir.training.tree.TreeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The "Online Shoppers Purchasing Intention" data of the UCI repository, where the literature has
 * an AUC of 0.92 to 0.94 for boosted trees. Seeds 1 to 6 gave 0.915 to 0.940 here, and 0.767 to
 * 0.797 without the column PageValues, which is partly a consequence of the purchase.
 */
@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class OnlineShoppersTest {
  private static final Path FILE = testData().resolve("uci/online_shoppers_intention.csv");

  @Test
  void boostedTrees_areAsGoodAsInTheLiterature() {
    requireData();
    TextColumns table = CsvReading.read(FILE);

    TrainingReport all = train(table, List.of());
    TrainingReport withoutPageValues = train(table, List.of("PageValues"));

    assertThat(all.metrics().auc()).isBetween(0.91, 0.955);
    assertThat(all.metrics().auc()).isGreaterThan(all.baseline().auc());
    assertThat(all.metrics().calibrationError()).isLessThan(0.03);
    assertThat(withoutPageValues.metrics().auc()).isBetween(0.75, 0.82);
  }

  private static TrainingReport train(TextColumns table, List<String> drop) {
    var task = new TrainingTask("shoppers", "Revenue", Optional.empty(), drop, 1);
    return new TableTraining(
            task, TrainingPlan.of(TreeSettings.standard(1, 1)), (_, _, _) -> {}, Clock.systemUTC())
        .run(table)
        .report();
  }

  /** The folder of {@code WEIR_TEST_DATA}, else the folder beside the checkout. */
  private static Path testData() {
    String given = System.getenv("WEIR_TEST_DATA");
    return given == null ? Path.of("../../shared/data") : Path.of(given);
  }

  private static void requireData() {
    if (!Files.exists(FILE)) {
      System.out.println("skipped: " + FILE + " is absent; WEIR_TEST_DATA names the folder");
    }
    assumeTrue(Files.exists(FILE), "no test data");
  }
}
