package io.weir.stream.processor.times;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class AppendTimesTest {
  private static final long NOW = 5_000;
  private static final TopicPartition RAW = new TopicPartition("raw", 0);
  private static final TopicPartition REKEYED = new TopicPartition("rekeyed", 0);
  private static final Map<TopicPartition, OffsetAndMetadata> NEXT =
      Map.of(
          RAW,
          new OffsetAndMetadata(9, Optional.of(4), "m"),
          // A partition from which only marks of transactions came.
          new TopicPartition("raw", 1),
          new OffsetAndMetadata(77));

  private final Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
  private final AppendTimes times = new AppendTimes(clock, false);
  private final AppendTimes copies = new AppendTimes(clock, true);

  @Test
  void appendTimes_areLeftAlone() {
    ConsumerRecords<String, String> polled =
        new ConsumerRecords<>(Map.of(RAW, List.of(appended(0, 1_000), appended(1, 9_000))), NEXT);

    assertThat(times.apply(polled)).isSameAs(polled);
    assertThat(copies.apply(polled)).isSameAs(polled);
    assertThat(times.apply(ConsumerRecords.empty())).isSameAs(ConsumerRecords.EMPTY);
  }

  @Test
  void producersTimestamps_areReplacedByTheClock() {
    var created = record(1, 0, TimestampType.CREATE_TIME);
    ConsumerRecords<String, String> polled =
        new ConsumerRecords<>(
            Map.of(
                RAW,
                List.of(
                    appended(0, 1_000),
                    created,
                    record(2, 4_102_444_800_000L, TimestampType.CREATE_TIME),
                    record(3, -1, TimestampType.CREATE_TIME),
                    record(4, -1, TimestampType.NO_TIMESTAMP_TYPE)),
                REKEYED,
                List.of(appended(0, 2_000))),
            NEXT);

    ConsumerRecords<String, String> found = times.apply(polled);

    assertThat(found.records(RAW))
        .extracting(ConsumerRecord::timestamp)
        .containsExactly(1_000L, NOW, NOW, NOW, NOW);
    assertThat(found.records(RAW))
        .extracting(ConsumerRecord::offset)
        .containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(found.records(REKEYED)).isEqualTo(polled.records(REKEYED));
    assertThat(found.nextOffsets()).isEqualTo(NEXT);
    assertThat(found.records(RAW).get(1))
        .usingRecursiveComparison()
        .ignoringFields("timestamp")
        .isEqualTo(created);
  }

  @Test
  void copiedTimes_areLeftAloneUnlessTheyAreNone() {
    var before = record(0, 1_000, TimestampType.CREATE_TIME);
    ConsumerRecords<String, String> polled =
        new ConsumerRecords<>(
            Map.of(RAW, List.of(before, record(1, -1, TimestampType.CREATE_TIME))), NEXT);

    assertThat(copies.apply(polled).records(RAW))
        .extracting(ConsumerRecord::timestamp)
        .containsExactly(1_000L, NOW);
    assertThat(copies.apply(polled).records(RAW).getFirst()).isSameAs(before);
  }

  @Test
  void consumerWithoutTheRule_isRefused() {
    assertThatThrownBy(() -> AppendTimes.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weir.append.times");
  }

  private static ConsumerRecord<String, String> appended(long offset, long time) {
    return record(offset, time, TimestampType.LOG_APPEND_TIME);
  }

  private static ConsumerRecord<String, String> record(long offset, long time, TimestampType type) {
    var headers = new RecordHeaders().add("h", new byte[] {1});
    return new ConsumerRecord<>(
        "raw", 0, offset, time, type, 1, 2, "k", "v", headers, Optional.of(3), Optional.empty());
  }
}
