package io.weir.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class AppendTimeExtractorTest {
  private static final long NOW = 5_000;
  private static final long STAMPED = 1_000;

  private final Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);

  @Test
  void appendTime_isTaken() {
    assertThat(time(false, TimestampType.LOG_APPEND_TIME)).isEqualTo(STAMPED);
    assertThat(time(true, TimestampType.LOG_APPEND_TIME)).isEqualTo(STAMPED);
  }

  @Test
  void producersTimestamp_isNotTaken() {
    assertThat(time(false, TimestampType.CREATE_TIME)).isEqualTo(NOW);
  }

  @Test
  void copiedTime_isTaken() {
    assertThat(time(true, TimestampType.CREATE_TIME)).isEqualTo(STAMPED);
  }

  private long time(boolean hasCopiedTimes, TimestampType type) {
    var record =
        new ConsumerRecord<Object, Object>(
            "raw", 0, 7, STAMPED, type, 1, 1, "k", "v", new RecordHeaders(), Optional.empty());
    return new AppendTimeExtractor(clock, hasCopiedTimes).extract(record, 0);
  }
}
