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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The small Open Bandit data: 20,000 impressions of two policies with 115 clicks. As in the click
 * model, earlier clicks are numbers: those of the user, and those on this item. The file has them
 * as one column an item, of which a tree cannot pick the shown one.
 */
@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class OpenBanditTest {
  private static final int SEEDS = 5;
  private static final String CLICKS_ON = "user-item_affinity_";

  @Test
  void earlierClicks_beatTheConstant() {
    TextColumns table = together(policy("random"), policy("bts"));
    double loss = 0;
    double constant = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      BinaryQuality quality = quality(table, seed);
      System.out.printf(
          Locale.ROOT,
          "Open Bandit, seed %d: %d clicks in the test part, log-loss %.5f, of the constant %.5f%n",
          seed,
          quality.positives(),
          quality.logLoss(),
          quality.constantLogLoss());
      loss += quality.logLoss() / SEEDS;
      constant += quality.constantLogLoss() / SEEDS;
    }
    System.out.printf(
        Locale.ROOT, "Open Bandit: log-loss %.5f, of the constant %.5f%n", loss, constant);
    assertThat(loss).isLessThan(constant);
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

  private static TextColumns policy(String policy) {
    Path file = testData().resolve("ads/obd_" + policy + "_men.csv.gz");
    assumeTrue(Files.exists(file), "no test data");
    return withEarlierClicks(CsvReading.read(file));
  }

  /** The table with two numbers in place of the column an item. */
  private static TextColumns withEarlierClicks(TextColumns table) {
    String[] items = table.column("item_id");
    List<String> ofItems = table.names().stream().filter(x -> x.startsWith(CLICKS_ON)).toList();
    var names = new ArrayList<>(table.names());
    names.removeAll(ofItems);
    var columns = new ArrayList<>(names.stream().map(table::column).toList());
    var clicks = new String[items.length];
    var onItem = new String[items.length];
    for (int row = 0; row < items.length; row++) {
      double sum = 0;
      for (String name : ofItems) {
        sum += Double.parseDouble(table.column(name)[row]);
      }
      clicks[row] = Double.toString(sum);
      onItem[row] = table.column(CLICKS_ON + items[row])[row];
    }
    names.addAll(List.of("clicks", "clicks_on_item"));
    columns.addAll(List.of(clicks, onItem));
    return new TextColumns(names, columns);
  }

  /** The rows of both. */
  private static TextColumns together(TextColumns first, TextColumns second) {
    List<String[]> columns =
        first.names().stream()
            .map(name ->
                Stream.of(first.column(name), second.column(name))
                    .flatMap(Arrays::stream)
                    .toArray(String[]::new))
            .toList();
    return new TextColumns(first.names(), columns);
  }

  /** The folder of {@code WEIR_TEST_DATA}, else the folder beside the checkout. */
  private static Path testData() {
    String given = System.getenv("WEIR_TEST_DATA");
    return given == null ? Path.of("../../shared/data") : Path.of(given);
  }
}
