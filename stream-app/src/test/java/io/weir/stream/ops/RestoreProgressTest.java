package io.weir.stream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {
  private static final TopicPartition FIRST = new TopicPartition("changelog", 0);
  private static final TopicPartition SECOND = new TopicPartition("changelog", 1);

  private final RestoreProgress progress = new RestoreProgress();

  @Test
  void left_isWhatNoBatchHasBrought() {
    progress.onRestoreStart(FIRST, "store", 100, 1_100);
    progress.onRestoreStart(SECOND, "store", 0, 10);

    progress.onBatchRestored(FIRST, "store", 599, 500);

    assertThat(progress.left()).isEqualTo(500 + 10);
  }

  @Test
  void endedAndSuspendedRestores_areNotLeft() {
    progress.onRestoreStart(FIRST, "store", 0, 10);
    progress.onRestoreStart(SECOND, "store", 0, 10);

    progress.onRestoreEnd(FIRST, "store", 10);
    progress.onRestoreSuspended(SECOND, "store", 5);
    progress.onBatchRestored(SECOND, "store", 7, 1);

    assertThat(progress.left()).isZero();
  }

  @Test
  void restored_isAllThatBatchesBrought() {
    progress.onRestoreStart(FIRST, "store", 100, 1_100);

    progress.onBatchRestored(FIRST, "store", 599, 480);
    progress.onBatchRestored(FIRST, "store", 1_099, 490);
    progress.onRestoreEnd(FIRST, "store", 970);

    assertThat(progress.restored()).isEqualTo(970);
  }
}
