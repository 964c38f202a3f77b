package io.weir.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewerModelTest {
  private static final long ENOUGH = NewerModel.ENOUGH_SESSIONS;

  @Test
  void fewSessions_areNotTrainedOn() {
    assertThat(NewerModel.isTime(ENOUGH - 1, ENOUGH - 1)).isFalse();
    assertThat(NewerModel.isTime(0, 0)).isFalse();
    assertThat(NewerModel.isTime(ENOUGH, ENOUGH)).isTrue();
  }

  @Test
  void sessionsThatArriveInLargeNumbers_areWaitedFor() {
    assertThat(NewerModel.isTime(ENOUGH, 2 * ENOUGH)).isFalse();
    assertThat(NewerModel.isTime(ENOUGH, ENOUGH + ENOUGH / 25)).isTrue();
  }
}
