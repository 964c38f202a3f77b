package io.weir.training.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.scoring.model.ModelFile;
import io.weir.scoring.model.ModelFormatException;
import io.weir.training.quality.BinaryQuality;
import io.weir.training.quality.PlattScaling;
import io.weir.training.table.FeatureRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class TreeBoostingTest {
  private static final List<String> NAMES =
      IntStream.range(0, RandomRows.WIDTH).mapToObj(index -> "x" + index).toList();
  private static final TreeShape SHAPE = new TreeShape(4, 0.3, 1, 0.8, 0.7, 1);
  private static final FeatureRows TRAIN = RandomRows.of(1, 4_000);
  private static final FeatureRows VALIDATION = RandomRows.of(2, 1_000);

  @Test
  void training_stopsEarlyAndKeepsTheBestRound() {
    var losses = new ArrayList<Double>();
    var boosting = new TreeBoosting(settings(1), (_, logLoss, _) -> losses.add(logLoss));

    try (BoostedTrees trees = boosting.train(TRAIN, VALIDATION)) {
      assertThat(losses).hasSize(boosting.rounds() + settings(1).patience());
      assertThat(losses.get(boosting.rounds() - 1))
          .isEqualTo(losses.stream().min(Double::compare).get());
      double[] probabilities = PlattScaling.NONE.probabilities(trees.margins(VALIDATION));
      double logLoss = BinaryQuality.of(probabilities, VALIDATION.outcomes(), 0.5).logLoss();
      assertThat(logLoss)
          .isCloseTo(
              losses.get(boosting.rounds() - 1), org.assertj.core.api.Assertions.within(1e-5));
    }
  }

  @Test
  void sameSeed_givesTheSameBytesOnAnyNumberOfThreads() {
    assertThat(model(2)).isEqualTo(model(2)).isEqualTo(model(1));
  }

  @Test
  void scorersWalker_equalsXgboostOnRandomRowsWithNaN() throws ModelFormatException {
    FeatureRows rows = RandomRows.of(3, 100_000);
    var boosting = new TreeBoosting(settings(1), (_, _, _) -> {});
    try (BoostedTrees trees = boosting.train(TRAIN, VALIDATION)) {
      ModelFile file = ModelFile.parse(trees.json(NAMES, Map.of("weir_name", "t")));
      float[] margins = trees.margins(rows);

      double largest = 0;
      for (int row = 0; row < rows.size(); row++) {
        double expected = PlattScaling.NONE.probability(margins[row]);
        double difference = expected - file.ensemble().score(rows.vectors()[row]);
        largest = Math.max(largest, Math.abs(difference));
      }

      assertThat(largest).isLessThan(1e-6);
      assertThat(file.features()).isEqualTo(NAMES);
      assertThat(file.attributes()).containsEntry("weir_name", "t");
    }
  }

  @Test
  void trees_findWhatAStraightLineCannot() {
    var boosting = new TreeBoosting(settings(1), (_, _, _) -> {});
    FeatureRows test = RandomRows.of(4, 4_000);

    try (BoostedTrees trees = boosting.train(TRAIN, VALIDATION)) {
      double[] byTrees = PlattScaling.NONE.probabilities(trees.margins(test));
      double[] byLine = LogisticBaseline.fit(TRAIN).probabilities(test);

      double treesAuc = BinaryQuality.of(byTrees, test.outcomes(), 0.5).auc();
      double lineAuc = BinaryQuality.of(byLine, test.outcomes(), 0.5).auc();
      assertThat(treesAuc).isGreaterThan(lineAuc + 0.03);
      assertThat(lineAuc).isBetween(0.75, 0.88);
    }
  }

  @Test
  void missingOpenMp_isOneLineWithThePackage() {
    var failure =
        new UnsatisfiedLinkError(
            "/tmp/libxgboost4j.so: libgomp.so.1: cannot open shared object file");

    assertThat(XgboostLibrary.problem(new ExceptionInInitializerError(failure)))
        .contains("apt-get install libgomp1")
        .doesNotContain("\n");
  }

  private static byte[] model(int threads) {
    var boosting = new TreeBoosting(settings(threads), (_, _, _) -> {});
    try (BoostedTrees trees = boosting.train(TRAIN, VALIDATION)) {
      return trees.json(NAMES, Map.of());
    }
  }

  private static TreeSettings settings(int threads) {
    return new TreeSettings(SHAPE, 200, 8, 1, threads, Set.of());
  }
}
