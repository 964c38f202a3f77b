package io.weir.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TrainingTimeTest {
  private static final long ENOUGH = TrainingTime.ENOUGH_SESSIONS;

  private final TrainingTime time = new TrainingTime();

  @Test
  void fewSessions_areNotTrainedOn() {
    assertThat(isNow(ENOUGH - 1)).isFalse();
    assertThat(isNow(ENOUGH - 1)).isFalse();
    assertThat(isNow(ENOUGH)).isFalse();
    assertThat(isNow(ENOUGH)).isTrue();
  }

  @Test
  void sessionsThatArriveInLargeNumbers_areWaitedFor() {
    assertThat(isNow(ENOUGH)).isFalse();
    assertThat(isNow(2 * ENOUGH)).isFalse();
    assertThat(isNow(2 * ENOUGH + ENOUGH / 25)).isTrue();
  }

  @Test
  void lookThatFails_saysNothingAboutTheGrowth() {
    assertThat(isNow(ENOUGH)).isFalse();
    assertThat(time.isNow(OptionalLong.empty())).isFalse();
    assertThat(isNow(ENOUGH)).isFalse();
    assertThat(isNow(ENOUGH)).isTrue();
  }

  @Test
  void failedTraining_isTriedOnceMore_aWhileLater() {
    assertThat(isNow(ENOUGH)).isFalse();
    assertThat(isNow(ENOUGH)).isTrue();
    time.begin();
    assertThat(isNow(ENOUGH)).isFalse();

    assertThat(time.fail()).isTrue();

    for (int look = 0; look < TrainingTime.LOOKS_BETWEEN; look++) {
      assertThat(isNow(ENOUGH)).isFalse();
    }
    assertThat(isNow(ENOUGH)).isTrue();
    time.begin();
    assertThat(time.fail()).isFalse();
    for (int look = 0; look < 2 * TrainingTime.LOOKS_BETWEEN; look++) {
      assertThat(isNow(ENOUGH)).isFalse();
    }
  }

  private boolean isNow(long sessions) {
    return time.isNow(OptionalLong.of(sessions));
  }
}
