package io.weir.training.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.training.quality.TruthComparison.Truth;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TruthComparisonTest {
  private static final boolean[] OUTCOMES = {false, true, false, true, false};

  @Test
  void rowsWithoutTruth_countForNoSide() {
    double[] model = {0.1, 0.2, 0.3, 0.4, 0.99};
    double[] hidden = {0.1, 0.8, 0.2, 0.9, Double.NaN};
    double[] knowable = {0.1, 0.3, 0.2, 0.4, Double.NaN};

    TruthComparison found =
        Objects.requireNonNull(TruthComparison.of(model, new Truth(hidden, knowable), OUTCOMES));

    assertThat(found.rows()).isEqualTo(4);
    assertThat(found.positives()).isEqualTo(2);
    assertThat(found.hidden().auc()).isEqualTo(1);
    assertThat(found.model().auc()).isEqualTo(0.75);
    assertThat(found.gap()).isCloseTo(0.25, within(1e-12));
    assertThat(found.hidden().logLoss()).isLessThan(found.knowable().logLoss());
  }

  @Test
  void oneOutcomeOnly_isNoComparison() {
    double[] nothing = {Double.NaN, 0.1, Double.NaN, 0.2, Double.NaN};

    assertThat(TruthComparison.of(new double[5], new Truth(nothing, nothing), OUTCOMES)).isNull();
  }
}
