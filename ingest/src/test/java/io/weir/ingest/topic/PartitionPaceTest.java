package io.weir.ingest.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PartitionPaceTest {
  private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
  private static final TopicPartition A = new TopicPartition("clicks", 0);
  private static final TopicPartition B = new TopicPartition("clicks", 1);
  private final PartitionPace pace = new PartitionPace(new ManualClock(NOW));

  private void read(TopicPartition partition, Instant time) {
    pace.read(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            0,
            time.toEpochMilli(),
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            new byte[0],
            new RecordHeaders(),
            Optional.empty()));
  }

  private static Instant before(long hours) {
    return NOW.minus(Duration.ofHours(hours));
  }

  @Test
  void partitionThatRanAhead_waits_untilTheOtherCatchesUp() {
    read(A, before(40));
    read(B, before(90));
    assertThat(pace.ahead(Set.of(A, B))).containsExactly(A);

    read(B, before(41));
    assertThat(pace.ahead(Set.of(A, B))).isEmpty();
  }

  @Test
  void partitionThatWasNotReadYet_holdsTheOthers() {
    read(A, before(40));

    assertThat(pace.ahead(Set.of(A, B))).containsExactly(A);
  }

  @Test
  void partitionWithoutMoreToRead_holdsNobody() {
    read(A, before(40));
    read(B, before(90));

    assertThat(pace.ahead(Set.of(A))).isEmpty();
    assertThat(pace.ahead(Set.of())).isEmpty();
  }

  @Test
  void recordOfTheFuture_countsAsOfNow() {
    read(A, NOW.plus(Duration.ofDays(36_500)));
    read(B, NOW);

    assertThat(pace.ahead(Set.of(A, B))).isEmpty();
  }

  @Test
  void oneOldRecord_countsUntilTheNext() {
    read(A, NOW);
    read(B, Instant.EPOCH);
    assertThat(pace.ahead(Set.of(A, B))).containsExactly(A);

    read(B, NOW);
    assertThat(pace.ahead(Set.of(A, B))).isEmpty();
  }

  @Test
  void partitionThatSomebodyElseReadsNow_isForgotten() {
    read(A, before(40));
    read(B, before(90));
    pace.keep(Set.of(A));

    assertThat(pace.ahead(Set.of(A))).isEmpty();
  }
}
