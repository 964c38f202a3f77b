package io.weir.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.simulator.visit.Chance;
import org.junit.jupiter.api.Test;

class DrawTest {
  private static int count(Draw draw, int of) {
    var chance = new Chance(1);
    int picked = 0;
    for (int i = 0; i < of; i++) {
      picked += draw.next(chance) ? 1 : 0;
    }
    return picked;
  }

  @Test
  void exactly_picksExactly() {
    assertThat(count(Draw.exactly(137, 1_000), 1_000)).isEqualTo(137);
    assertThat(count(Draw.exactly(0, 1_000), 1_000)).isZero();
    assertThat(count(Draw.exactly(1_000, 1_000), 1_000)).isEqualTo(1_000);
  }

  @Test
  void exactly_spreadsOverAll() {
    assertThat(count(Draw.exactly(1_000, 10_000), 5_000)).isCloseTo(500, within(80));
  }

  @Test
  void each_picksWithTheProbability() {
    assertThat(count(Draw.each(0.1), 100_000)).isCloseTo(10_000, within(400));
  }
}
