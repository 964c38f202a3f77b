package io.weir.local.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryProgressTest {
  private static final long SECOND = 1_000_000_000L;
  private final HistoryProgress progress = new HistoryProgress(50_000);

  @Test
  void firstLook_knowsNoRate() {
    progress.update(19_000, 0);

    assertThat(progress.text()).isEqualTo("38 %");
  }

  @Test
  void steadyRate_givesTheSecondsLeft() {
    progress.update(9_500, 0);
    progress.update(19_000, 5 * SECOND); // 1,900 a second, 31,000 to go

    assertThat(progress.text()).isEqualTo("38 %, 17 s left");
  }

  @Test
  void slowRate_isToldInMinutes() {
    progress.update(18_500, 0);
    progress.update(19_000, 5 * SECOND); // 100 a second, 31,000 to go: 310 s

    assertThat(progress.text()).isEqualTo("38 %, 6 min left");
  }

  @Test
  void slowStart_isForgotten() {
    progress.update(0, 0);
    progress.update(100, 60 * SECOND);
    progress.update(10_100, 63 * SECOND);
    progress.update(20_100, 66 * SECOND); // 20,000 in the last 6 s; 29,900 to go

    assertThat(progress.secondsLeft()).hasValue(9);
  }

  @Test
  void programsThatWarmUp_andMoments_giveNoForecast() {
    progress.update(0, 0);
    progress.update(1_000, 4 * SECOND);
    assertThat(progress.text()).isEqualTo("2 %");

    var sudden = new HistoryProgress(50_000);
    sudden.update(0, 0);
    sudden.update(25_000, SECOND);
    assertThat(sudden.text()).isEqualTo("50 %");
  }

  @Test
  void nothingMoves_makesNoForecast() {
    progress.update(25_000, 0);
    progress.update(25_000, 3 * SECOND);

    assertThat(progress.text()).isEqualTo("50 %");
  }

  @Test
  void liveRecordsBeyondTheHistory_areNotCounted() {
    progress.update(49_999, 0);
    assertThat(progress.isComplete()).isFalse();
    assertThat(progress.text()).isEqualTo("99 %");

    progress.update(50_020, SECOND);
    assertThat(progress.isComplete()).isTrue();
    assertThat(progress.share()).isEqualTo(1);
  }
}
