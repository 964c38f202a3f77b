package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.training.artifact.TriedShape;
import io.weir.training.table.FeatureRows;
import io.weir.training.tree.RoundListener;
import io.weir.training.tree.TreeSettings;
import io.weir.training.tree.TreeShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class SearchTest {
  private static final TreeShape POOR = new TreeShape(1, 0.01, 1, 1, 1, 1);
  private static final FeatureRows TRAIN = rows(1, 3_000);
  private static final FeatureRows VALIDATION = rows(2, 1_000);

  private final List<String> attempts = new ArrayList<>();

  @Test
  void bestAttempt_isKept() {
    var search = new TreeSearch(plan(5), listener());

    try (TreeSearch.Found found = search.train(TRAIN, VALIDATION)) {
      TriedShape least =
          search.tried().stream()
              .min(Comparator.comparingDouble(TriedShape::logLoss))
              .orElseThrow();
      assertThat(search.tried()).hasSize(5).first().extracting(TriedShape::shape).isEqualTo(POOR);
      assertThat(found.shape()).isEqualTo(least.shape()).isNotEqualTo(POOR);
      assertThat(found.losses().get(found.rounds() - 1)).isEqualTo(least.logLoss());
      assertThat(attempts).containsExactly("1 of 5", "2 of 5", "3 of 5", "4 of 5", "5 of 5");
    }
  }

  /** A shape alone gives the bytes that it gave among others, with shares of rows, too. */
  @Test
  void attempt_doesNotDependOnTheOthers() {
    try (TreeSearch.Found found = new TreeSearch(plan(5), listener()).train(TRAIN, VALIDATION);
        TreeSearch.Found alone =
            new TreeSearch(plan(1).with(plan(1).settings().with(found.shape())), listener())
                .train(TRAIN, VALIDATION)) {
      assertThat(json(alone)).isEqualTo(json(found));
    }
  }

  @Test
  void sampledNegatives_leaveProbabilitiesTrue() {
    FeatureRows sample = TRAIN.sampled(600, 1);

    try (TreeSearch.Found found = new TreeSearch(plan(2), listener()).train(sample, VALIDATION)) {
      double mean = 0;
      for (float margin : found.trees().margins(VALIDATION)) {
        mean += 1 / (1 + Math.exp(-margin)) / VALIDATION.size();
      }
      assertThat(sample.negativeWeight()).isGreaterThan(3);
      assertThat(mean).isCloseTo(VALIDATION.rate(), within(0.04));
    }
  }

  private RoundListener listener() {
    return new RoundListener() {
      @Override
      public void round(int round, double logLoss, double bestLogLoss) {}

      @Override
      public void attempt(int number, int of) {
        attempts.add(number + " of " + of);
      }
    };
  }

  private static byte[] json(TreeSearch.Found found) {
    return found.trees().json(List.of("a", "b", "c"), Map.of());
  }

  private static TrainingPlan plan(int search) {
    return new TrainingPlan(new TreeSettings(POOR, 60, 5, 3, 1, Set.of()), search, 1_000_000);
  }

  /** About a fifth is positive. */
  private static FeatureRows rows(long seed, int size) {
    var random = new Random(seed);
    var vectors = new float[size][];
    var outcomes = new boolean[size];
    for (int row = 0; row < size; row++) {
      vectors[row] = new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat()};
      boolean isLikely = vectors[row][0] > 0.7 != vectors[row][1] > 0.8;
      outcomes[row] = random.nextDouble() < (isLikely ? 0.5 : 0.04);
    }
    return new FeatureRows(vectors, outcomes);
  }
}
