package io.weir.simulator.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class VisitShapeTest {
  private static final Quantiles LENGTHS = Quantiles.of("0:1 50:1 100:40");
  private static final Quantiles GAPS = Quantiles.of("0:1 90:100 100:1800");
  private final VisitShape shape =
      new VisitShape(
          new Profile(
              LENGTHS,
              LENGTHS,
              GAPS,
              GAPS,
              GAPS,
              LENGTHS,
              GAPS,
              GAPS,
              new Rhythm(
                  new double[] {
                    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
                  })));

  @Test
  void shape_sameSeed_isTheSame() {
    shape.begin(9, false);
    int length = shape.length();
    var gaps = new ArrayList<Long>();
    for (int i = 0; i < 50; i++) {
      gaps.add(shape.gap());
    }

    shape.begin(9, false);

    assertThat(shape.length()).isEqualTo(length);
    for (long gap : gaps) {
      assertThat(shape.gap()).isEqualTo(gap);
    }
  }

  @Test
  void gaps_haveTiesAndReachTheLimitExactly() {
    shape.begin(1, false);
    int none = 0;
    int limit = 0;
    for (int i = 0; i < 100_000; i++) {
      long gap = shape.gap();
      assertThat(gap).isBetween(0L, 1_800_000L);
      none += gap == 0 ? 1 : 0;
      limit += gap == 1_800_000 ? 1 : 0;
    }

    assertThat(none).isCloseTo(1_000, within(150));
    assertThat(limit).isBetween(50, 200);
  }

  @Test
  void bots_areRegularAndFast() {
    shape.begin(4, true);
    long first = shape.gap();

    for (int i = 0; i < 100; i++) {
      assertThat(shape.gap()).isBetween(first * 9 / 10, first * 11 / 10 + 1).isLessThan(5_000);
    }
  }
}
