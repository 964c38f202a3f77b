package io.weir.training.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlattScalingTest {
  private static final int ROWS = 20_000;

  @Test
  void truthfulMargins_stayAsTheyAre() {
    assertThat(PlattScaling.ifBetter(margins(1, 0), outcomes())).isEqualTo(PlattScaling.NONE);
  }

  @Test
  void exaggeratedMargins_areScaledBack() {
    PlattScaling fitted = PlattScaling.ifBetter(margins(2.5, 1), outcomes());

    // The inverse of margin -> 2.5 * margin + 1.
    assertThat(fitted.slope()).isCloseTo(0.4, within(0.02));
    assertThat(fitted.intercept()).isCloseTo(-0.4, within(0.06));
  }

  /** Seven positive rows of 1,500, as of a model that knows nothing: chance seldom passes. */
  @Test
  void gainByChance_isSeldomTaken() {
    var margins = new float[1_500];
    var outcomes = new boolean[margins.length];
    int taken = 0;
    for (int seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      for (int row = 0; row < margins.length; row++) {
        margins[row] = (float) (-5 + random.nextGaussian() / 5);
        outcomes[row] = random.nextInt(1_500) < 7;
      }
      taken += PlattScaling.ifBetter(margins, outcomes).isNone() ? 0 : 1;
    }
    assertThat(taken).isLessThan(6);
  }

  @Test
  void fewSeparableRows_giveFiniteNumbers() {
    PlattScaling fitted =
        PlattScaling.ifBetter(new float[] {-1, -1, 1, 1}, new boolean[] {false, false, true, true});

    assertThat(fitted.slope()).isFinite().isPositive();
  }

  private static float[] margins(double slope, double intercept) {
    var random = new Random(1);
    var margins = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      margins[row] = (float) (slope * random.nextGaussian() * 2 + intercept);
    }
    return margins;
  }

  private static boolean[] outcomes() {
    float[] truth = margins(1, 0);
    var random = new Random(2);
    var outcomes = new boolean[ROWS];
    for (int row = 0; row < ROWS; row++) {
      outcomes[row] = random.nextDouble() < PlattScaling.NONE.probability(truth[row]);
    }
    return outcomes;
  }
}
