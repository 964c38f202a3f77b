package io.weir.stream.processor;

import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time a record was appended. A topic that keeps the producers' timestamps has none to offer:
 * the wall clock stands in, so that no payload can move stream time. Only a topic that {@code gold
 * feed} of lake-tools has filled has copies of the append times as its producers' timestamps.
 */
public final class AppendTimeExtractor implements TimestampExtractor {
  private final Clock clock;
  private final boolean hasCopiedTimes;

  public AppendTimeExtractor(Clock clock, boolean hasCopiedTimes) {
    this.clock = clock;
    this.hasCopiedTimes = hasCopiedTimes;
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestampType() == TimestampType.LOG_APPEND_TIME || hasCopiedTimes
        ? record.timestamp()
        : clock.millis();
  }
}
