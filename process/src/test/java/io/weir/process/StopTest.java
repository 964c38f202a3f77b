package io.weir.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StopTest {
  private final Stop stop = new Stop();

  @Test
  @Timeout(10)
  void request_endsEachPause() {
    stop.request();

    stop.pause(Long.MAX_VALUE);

    assertThat(stop.isRequested()).isTrue();
  }

  @Test
  @Timeout(10)
  void interruption_isARequest() {
    Thread.currentThread().interrupt();

    stop.pause(Long.MAX_VALUE);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(stop.isRequested()).isTrue();
  }
}
