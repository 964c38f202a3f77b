package io.weir.tools.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * How far a topic has copies of another one. The last committed record of a partition says from
 * which offset it came.
 */
final class FedPositions {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);

  /** The offsets that are looked at first, from the end. Markers of transactions are there. */
  private static final long FIRST_LOOK = 64;

  private final KafkaConnection kafka;
  private final String source;
  private final String target;

  FedPositions(KafkaConnection kafka, String source, String target) {
    this.kafka = kafka;
    this.source = source;
    this.target = target;
  }

  /** The next offset of the source for each partition that has a copy. */
  Map<Integer, Long> next() {
    Map<String, Object> properties = kafka.properties();
    properties.put("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", "false");
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var next = new TreeMap<Integer, Long>();
      consumer
          .partitionsFor(target, PATIENCE)
          .forEach(each -> {
            ConsumerRecord<byte[], byte[]> last =
                last(consumer, new TopicPartition(target, each.partition()));
            if (last != null) {
              next.put(each.partition(), offset(last) + 1);
            }
          });
      return next;
    } catch (KafkaException e) {
      throw new StartupException(target + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static @Nullable ConsumerRecord<byte[], byte[]> last(
      Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    List<TopicPartition> one = List.of(partition);
    consumer.assign(one);
    long begin = consumer.beginningOffsets(one, PATIENCE).getOrDefault(partition, 0L);
    long end = consumer.endOffsets(one, PATIENCE).getOrDefault(partition, 0L);
    for (long look = FIRST_LOOK; ; look *= 8) {
      long from = Math.max(begin, end - look);
      ConsumerRecord<byte[], byte[]> found = last(consumer, partition, from, end);
      if (found != null || from == begin) {
        return found;
      }
    }
  }

  private static @Nullable ConsumerRecord<byte[], byte[]> last(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
    consumer.seek(partition, from);
    ConsumerRecord<byte[], byte[]> last = null;
    while (consumer.position(partition, PATIENCE) < end) {
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
        last = each;
      }
    }
    return last;
  }

  private long offset(ConsumerRecord<byte[], byte[]> record) {
    Header origin = record.headers().lastHeader(Outgoing.REPLAYED_FROM);
    String mark = origin == null ? "" : new String(origin.value(), UTF_8);
    String expected = source + "-" + record.partition() + "-";
    if (!mark.startsWith(expected)) {
      throw new StartupException(
          target
              + " has a record at offset "
              + record.offset()
              + " of partition "
              + record.partition()
              + " that was not copied from "
              + source
              + "; take another name, or delete the topic");
    }
    return Long.parseLong(mark.substring(expected.length()));
  }
}
