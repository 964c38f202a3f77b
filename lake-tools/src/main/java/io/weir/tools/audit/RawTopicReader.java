package io.weir.tools.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the raw topic, as far as Kafka still has its records. */
final class RawTopicReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String name;
  private final KafkaConsumer<byte[], byte[]> consumer;

  RawTopicReader(String name, Map<String, Object> properties) {
    this.name = name;
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "none");
    properties.put("allow.auto.create.topics", "false");
    // Each record may have megabytes.
    properties.put("max.poll.records", "50");
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The first offset that the partition still has. */
  long first(int partition) {
    TopicPartition place = new TopicPartition(name, partition);
    return consumer.beginningOffsets(List.of(place), PATIENCE).getOrDefault(place, 0L);
  }

  /** The end of the partition: the offset after its last one. */
  long end(int partition) {
    TopicPartition place = new TopicPartition(name, partition);
    return consumer.endOffsets(List.of(place), PATIENCE).getOrDefault(place, 0L);
  }

  /** The offsets of the records in a range. The marks that transactions leave are not records. */
  List<Range> records(int partition, Range range) {
    TopicPartition place = new TopicPartition(name, partition);
    consumer.assign(List.of(place));
    consumer.seek(place, range.first());
    var found = new Ranges();
    long quietSince = System.nanoTime();
    long position = range.first();
    while (position < range.end()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < range.end()) {
          found.add(record.offset());
        }
      }
      long now = consumer.position(place, PATIENCE);
      if (now > position) {
        quietSince = System.nanoTime();
      } else if (System.nanoTime() - quietSince > PATIENCE.toNanos()) {
        throw new KafkaException(
            "topic " + name + " partition " + partition + " cannot be read at " + position);
      }
      position = now;
    }
    return runs(found, range);
  }

  private static List<Range> runs(Ranges found, Range range) {
    var runs = new ArrayList<Range>();
    long next = range.first();
    for (Range gap : found.gaps(range.first(), range.end())) {
      if (gap.first() > next) {
        runs.add(new Range(next, gap.first()));
      }
      next = gap.end();
    }
    if (next < range.end()) {
      runs.add(new Range(next, range.end()));
    }
    return runs;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
