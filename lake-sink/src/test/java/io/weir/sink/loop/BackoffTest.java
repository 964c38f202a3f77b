package io.weir.sink.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff();

  @Test
  void fresh_waitsForNothing() {
    assertThat(backoff.isWaiting(0)).isFalse();
  }

  @Test
  void failures_waitTwiceAsLongEachTime() {
    backoff.failed(0);
    assertThat(backoff.isWaiting(999)).isTrue();
    assertThat(backoff.isWaiting(1_000)).isFalse();

    backoff.failed(1_000);
    assertThat(backoff.isWaiting(2_999)).isTrue();
    assertThat(backoff.isWaiting(3_000)).isFalse();
  }

  @Test
  void manyFailures_waitThirtySecondsAtMost() {
    for (int i = 0; i < 50; i++) {
      backoff.failed(0);
    }

    assertThat(backoff.isWaiting(29_999)).isTrue();
    assertThat(backoff.isWaiting(30_000)).isFalse();
  }

  @Test
  void success_startsOver() {
    backoff.failed(0);
    backoff.failed(0);

    backoff.succeeded();
    backoff.failed(0);

    assertThat(backoff.isWaiting(1_000)).isFalse();
  }
}
