package io.weir.training.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StabilityTest {
  private static final Binning COLUMN = new Binning("carts", List.of(1f), List.of());

  private static ColumnShape shape(long rows, double below, double above, double missing) {
    return new ColumnShape(COLUMN, rows, List.of(below, above, missing));
  }

  @Test
  void equalShares_haveIndexZero() {
    assertThat(Stability.index(shape(1_000, 0.5, 0.3, 0.2), shape(1_000, 0.5, 0.3, 0.2))).isZero();
  }

  /** (0.5 - 0.2) ln(0.5 / 0.2) + (0.5 - 0.8) ln(0.5 / 0.8) = 0.41589, with many rows. */
  @Test
  void otherShares_haveTheIndexOfTheFormula() {
    double index =
        Stability.index(shape(100_000_000, 0.2, 0.8, 0), shape(100_000_000, 0.5, 0.5, 0));

    assertThat(index).isCloseTo(0.41589, within(1e-4));
  }

  @Test
  void aValueThatIsMissingNow_isADrift_andNoInfinity() {
    assertThat(Stability.index(shape(1_000, 0.5, 0.5, 0), shape(1_000, 0, 0, 1)))
        .isGreaterThan(1)
        .isFinite();
    assertThat(Stability.index(shape(0, 0, 0, 0), shape(0, 0, 0, 0))).isZero();
  }
}
