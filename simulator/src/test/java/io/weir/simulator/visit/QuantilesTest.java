package io.weir.simulator.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantilesTest {
  private final Quantiles counts = Quantiles.of("0:1 50:1 75:2 100:6");

  @Test
  void countAt_knot_isTheLargestOfItsShare() {
    assertThat(counts.countAt(0)).isEqualTo(1);
    assertThat(counts.countAt(0.5)).isEqualTo(1);
    assertThat(counts.countAt(0.51)).isEqualTo(2);
    assertThat(counts.countAt(0.75)).isEqualTo(2);
    assertThat(counts.countAt(0.999)).isEqualTo(6);
  }

  @Test
  void meanCount_isTheMean() {
    // half 1, a quarter 2, a sixteenth each 3, 4, 5, 6
    assertThat(counts.meanCount()).isCloseTo(0.5 + 0.5 + 18 / 16.0, within(0.001));
  }

  @Test
  void shareBelow_isTheInverse() {
    assertThat(counts.shareBelow(4)).isCloseTo(0.875, within(1e-9));
    assertThat(counts.shareBelow(0)).isZero();
    assertThat(counts.shareBelow(9)).isEqualTo(1);
  }

  @Test
  void knots_thatFall_areRefused() {
    assertThatThrownBy(() -> Quantiles.of("0:1 50:3 100:2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100:2");
  }

  @Test
  void knots_thatStopEarly_areRefused() {
    assertThatThrownBy(() -> Quantiles.of("0:1 50:3")).hasMessageContaining("from 0 to 100");
  }
}
