package io.weir.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AwakeTimeTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // it may overflow

  private Duration after(Duration pause, AwakeTime time) {
    nanos.addAndGet(pause.toNanos());
    return time.elapsed();
  }

  @Test
  void shortSteps_addUp() {
    var time = new AwakeTime(nanos::get);

    after(Duration.ofSeconds(3), time);

    assertThat(after(Duration.ofSeconds(4), time)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void hourOfSuspension_countsAsOneShortStep() {
    var time = new AwakeTime(nanos::get);

    assertThat(after(Duration.ofHours(1), time)).isEqualTo(Duration.ofSeconds(10));
  }
}
