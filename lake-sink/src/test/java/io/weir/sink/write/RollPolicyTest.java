package io.weir.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RollPolicyTest {
  private final RollPolicy policy = new RollPolicy(100, Duration.ofSeconds(1));

  @Test
  void smallAndYoung_isNotDue() {
    assertThat(policy.isDue(99, 5_000, 5_999)).isFalse();
  }

  @Test
  void large_isDue() {
    assertThat(policy.isDue(100, 5_000, 5_000)).isTrue();
  }

  @Test
  void old_isDue() {
    assertThat(policy.isDue(1, 5_000, 6_000)).isTrue();
  }

  @Test
  void neverRolling_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RollPolicy(0, Duration.ofDays(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> new RollPolicy(1, Duration.ZERO));
  }
}
