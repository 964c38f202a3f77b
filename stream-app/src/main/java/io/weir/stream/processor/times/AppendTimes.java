package io.weir.stream.processor.times;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.StreamsConfig.InternalConfig;

/**
 * The rule that makes every timestamp the time at which its record was appended. A topic that keeps
 * the producers' timestamps has none to offer: the wall clock stands in, so that no payload can
 * move stream time. Only a topic that {@code gold feed} of lake-tools has filled has copies of the
 * append times as its producers' timestamps.
 *
 * <p>Consumers apply it to what they have polled, because Kafka Streams does not tell a
 * TimestampExtractor which of the two timestamps a record has.
 */
public final class AppendTimes {
  private static final String RULE = "weir.append.times";

  private final Clock clock;
  private final boolean hasCopiedTimes;

  public AppendTimes(Clock clock, boolean hasCopiedTimes) {
    this.clock = clock;
    this.hasCopiedTimes = hasCopiedTimes;
  }

  /** Lets the consumers of a Streams client's input topics apply this rule. */
  public void addTo(Properties streams) {
    streams.put("main.consumer." + RULE, this);
    streams.put(InternalConfig.INTERNAL_CONSUMER_WRAPPER, GroupConsumer.class);
  }

  /** The rule of a consumer with this configuration. */
  static AppendTimes of(Map<String, Object> config) {
    if (config.get(RULE) instanceof AppendTimes rule) {
      return rule;
    }
    throw new IllegalArgumentException(RULE + " is not set");
  }

  /** Returns the same object if all records have the times at which they were appended. */
  <K, V> ConsumerRecords<K, V> apply(ConsumerRecords<K, V> polled) {
    for (TopicPartition partition : polled.partitions()) {
      for (ConsumerRecord<K, V> each : polled.records(partition)) {
        if (!hasAppendTime(each)) {
          return replaced(polled, clock.millis());
        }
      }
    }
    return polled;
  }

  private <K, V> ConsumerRecords<K, V> replaced(ConsumerRecords<K, V> polled, long now) {
    var records = new LinkedHashMap<TopicPartition, List<ConsumerRecord<K, V>>>();
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<K, V>> before = polled.records(partition);
      var after = new ArrayList<ConsumerRecord<K, V>>(before.size());
      for (ConsumerRecord<K, V> each : before) {
        after.add(hasAppendTime(each) ? each : at(now, each));
      }
      records.put(partition, after);
    }
    return new ConsumerRecords<>(records, polled.nextOffsets());
  }

  /** Not even a copied time may be negative: Kafka Streams would leave the record out. */
  private boolean hasAppendTime(ConsumerRecord<?, ?> record) {
    return record.timestampType() == TimestampType.LOG_APPEND_TIME
        || (hasCopiedTimes && record.timestamp() >= 0);
  }

  private static <K, V> ConsumerRecord<K, V> at(long time, ConsumerRecord<K, V> record) {
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        time,
        TimestampType.CREATE_TIME,
        record.serializedKeySize(),
        record.serializedValueSize(),
        record.key(),
        record.value(),
        record.headers(),
        record.leaderEpoch(),
        record.deliveryCount());
  }
}
