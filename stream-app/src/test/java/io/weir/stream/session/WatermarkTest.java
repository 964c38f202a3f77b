package io.weir.stream.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatermarkTest {
  private static final long IDLE = 30;

  @Test
  void observedTimes_neverMoveItBack() {
    var watermark = new Watermark(Watermark.NONE, 0, 0);

    watermark.observe(500, 1);
    watermark.observe(400, 2);

    assertThat(watermark.current()).isEqualTo(500);
  }

  @Test
  void idlePartition_movesWithTheWallClock() {
    var watermark = new Watermark(Watermark.NONE, 0, 0);
    watermark.observe(500, 1_000);

    watermark.idle(1_029, IDLE);
    assertThat(watermark.current()).isEqualTo(500);

    watermark.idle(1_030, IDLE);
    assertThat(watermark.current()).isEqualTo(530);
    watermark.idle(1_100, IDLE);
    assertThat(watermark.current()).isEqualTo(600);
  }

  @Test
  void pausedReplayOfOldEvents_doesNotJumpToNow() {
    var watermark = new Watermark(Watermark.NONE, 0, 0);
    watermark.observe(500, 1_000_000);

    watermark.idle(1_000_100, IDLE);
    watermark.observe(510, 1_000_101);

    assertThat(watermark.current()).isEqualTo(600);
  }

  @Test
  void partitionThatNeverHadAnEvent_hasNone() {
    var watermark = new Watermark(Watermark.NONE, 0, 0);

    watermark.idle(1_000_000, IDLE);

    assertThat(watermark.current()).isEqualTo(Watermark.NONE);
  }

  @Test
  void restoredWatermark_accountsForTheTimeItWasDown() {
    var before = new Watermark(Watermark.NONE, 0, 0);
    before.observe(500, 1_000);
    before.idle(1_050, IDLE);

    var after = new Watermark(before.current(), before.wall(), 1_200);
    after.idle(1_230, IDLE);

    assertThat(after.current()).isEqualTo(730);
  }

  @Test
  void restoredWatermark_waitsForTheBacklogFirst() {
    var watermark = new Watermark(500, 1_000, 9_000);

    watermark.idle(9_029, IDLE);
    watermark.observe(501, 9_029);

    assertThat(watermark.current()).isEqualTo(501);
  }

  @Test
  void idleTime_isNothingToSave() {
    var watermark = new Watermark(Watermark.NONE, 0, 0);
    watermark.observe(500, 1_000);

    assertThat(watermark.takeObserved()).isTrue();
    watermark.idle(2_000, IDLE);
    assertThat(watermark.takeObserved()).isFalse();
  }
}
