package io.weir.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void percentile_isTheTimeThatSoManyDoNotExceed() {
    for (int i = 200_000; i >= 1; i--) {
      latencies.add(i * 1_000L);
    }

    assertThat(latencies.millis(0.5)).isEqualTo(100);
    assertThat(latencies.millis(0.99)).isEqualTo(198);
    assertThat(latencies.millis(1)).isEqualTo(200);
  }

  @Test
  void percentileOfTwo_isTheLargerAboveTheMiddle() {
    latencies.add(1_000_000);
    latencies.add(9_000_000);

    assertThat(latencies.millis(0.5)).isEqualTo(1);
    assertThat(latencies.millis(0.51)).isEqualTo(9);
  }

  @Test
  void warmUp_isForgotten() {
    latencies.add(5_000_000);
    latencies.reset();

    assertThat(latencies.count()).isZero();
    assertThat(latencies.millis(0.99)).isZero();
  }
}
