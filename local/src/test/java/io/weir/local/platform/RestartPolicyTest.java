package io.weir.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.platform.RestartPolicy.GiveUp;
import io.weir.local.platform.RestartPolicy.Restart;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  private final RestartPolicy policy = new RestartPolicy();

  private RestartPolicy.Decision died(String name, long seconds) {
    return policy.died(name, Duration.ofSeconds(seconds).toNanos());
  }

  private static Restart restart(int attempt, long seconds) {
    return new Restart(attempt, Duration.ofSeconds(seconds));
  }

  @Test
  void pauseDoubles_andTheSixthDeathIsTheLast() {
    assertThat(died("sink", 0)).isEqualTo(restart(1, 1));
    assertThat(died("sink", 10)).isEqualTo(restart(2, 2));
    assertThat(died("sink", 20)).isEqualTo(restart(3, 4));
    assertThat(died("sink", 30)).isEqualTo(restart(4, 8));
    assertThat(died("sink", 40)).isEqualTo(restart(5, 16));
    assertThat(died("sink", 299)).isEqualTo(new GiveUp());
  }

  @Test
  void deathsOfMoreThanFiveMinutesAgo_doNotCount() {
    for (int i = 0; i < RestartPolicy.MOST; i++) {
      died("sink", i);
    }

    assertThat(died("sink", 301)).isEqualTo(restart(4, 8));
  }

  @Test
  void processesCountForThemselves() {
    died("sink", 0);
    died("sink", 1);

    assertThat(died("stream", 2)).isEqualTo(restart(1, 1));
  }
}
