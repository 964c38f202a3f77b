package io.weir.scoring.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TogetherTest {
  private final CountDownLatch begun = new CountDownLatch(2);
  private final AtomicInteger met = new AtomicInteger();

  @Test
  void tasks_runAtTheSameTime_andAllAreWaitedFor() {
    Together.run(this::meet, this::meet);

    assertThat(met).hasValue(2);
  }

  private void meet() {
    begun.countDown();
    try {
      if (begun.await(10, TimeUnit.SECONDS)) {
        met.incrementAndGet();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
