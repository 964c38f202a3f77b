package io.weir.simulator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final long SECOND = 1_000_000_000;
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void perSecond_soManyPassAndNoMore() {
    var pace = new Throttle(500, nanos::get);
    int passed = 0;
    for (int i = 0; i < 1_000; i++) {
      nanos.addAndGet(SECOND / 100);
      passed += pace.take(1_000);
    }

    assertThat(passed).isBetween(4_999, 5_000);
  }

  @Test
  void pause_savesUpASecondAtMost() {
    var pace = new Throttle(500, nanos::get);
    nanos.addAndGet(60 * SECOND);

    assertThat(pace.take(1_000)).isEqualTo(500);
    assertThat(pace.take(1_000)).isZero();
  }

  @Test
  void infinite_letsEverythingPass() {
    assertThat(new Throttle(Double.POSITIVE_INFINITY, nanos::get).take(1_000)).isEqualTo(1_000);
  }
}
