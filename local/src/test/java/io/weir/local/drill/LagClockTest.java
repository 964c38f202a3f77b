package io.weir.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagClockTest {
  private static final long SECOND = 1_000_000_000;
  private final LagClock clock = new LagClock();

  @Test
  void nothingUnread_isNoLag() {
    assertThat(clock.sample(5 * SECOND, 10, 10)).isZero();
    assertThat(clock.sample(90 * SECOND, 10, 10)).isZero();
  }

  @Test
  void unread_countsFromWhenItWasSeen_notFromTheLastRecord() {
    clock.sample(1 * SECOND, 10, 10);
    clock.sample(2 * SECOND, 20, 10);

    assertThat(clock.sample(7 * SECOND, 90, 10)).isEqualTo(5);
  }

  @Test
  void partlyRead_countsFromTheFirstUnread() {
    clock.sample(1 * SECOND, 10, 0);
    clock.sample(4 * SECOND, 20, 0);

    assertThat(clock.sample(6 * SECOND, 20, 10)).isEqualTo(2);
    assertThat(clock.sample(7 * SECOND, 20, 20)).isZero();
  }
}
