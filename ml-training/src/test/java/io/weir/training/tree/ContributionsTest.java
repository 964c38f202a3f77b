package io.weir.training.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.scoring.model.MarginParts;
import io.weir.scoring.model.ModelFile;
import io.weir.scoring.model.ModelFormatException;
import io.weir.training.table.FeatureRows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class ContributionsTest {
  private static final List<String> NAMES =
      IntStream.range(0, RandomRows.WIDTH).mapToObj(index -> "x" + index).toList();
  private static final FeatureRows TRAIN = RandomRows.of(1, 4_000);
  private static final FeatureRows VALIDATION = RandomRows.of(2, 1_000);

  /** Deep trees split on a feature many times on one path. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 11})
  void scorersContributions_equalXgboostsAndSumToTheMargin(int depth) throws ModelFormatException {
    float[][] rows = RandomRows.of(3, 2_000).vectors();
    var settings = new TreeSettings(new TreeShape(depth, 0.3, 1, 1, 1, 1), 40, 40, 1, 1, Set.of());
    var boosting = new TreeBoosting(settings, (_, _, _) -> {});
    try (BoostedTrees trees = boosting.train(TRAIN, VALIDATION)) {
      ModelFile file = ModelFile.parse(trees.json(NAMES, Map.of()));
      MarginParts contributions = file.ensemble().contributions().orElseThrow();
      float[][] expected = trees.contributions(rows);

      double largest = 0;
      for (int row = 0; row < rows.length; row++) {
        double[] found = contributions.of(rows[row]);
        assertThat(Arrays.stream(found).sum())
            .isCloseTo(file.ensemble().margin(rows[row]), within(1e-5));
        for (int feature = 0; feature <= RandomRows.WIDTH; feature++) {
          largest = Math.max(largest, Math.abs(found[feature] - expected[row][feature]));
        }
      }

      assertThat(largest).isLessThan(1e-5);
    }
  }
}
