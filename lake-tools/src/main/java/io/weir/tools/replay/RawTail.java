package io.weir.tools.replay;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import io.weir.tools.replay.StoredRecord.NamedBytes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * Continues a {@link RawFeed} with the records that only Kafka has, up to given offsets. It
 * continues after the last record that the target has, so it may be repeated.
 */
public final class RawTail {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConnection kafka;
  private final String source;
  private final String target;

  public RawTail(KafkaConnection kafka, String source, String target) {
    this.kafka = kafka;
    this.source = source;
    this.target = target;
  }

  /** The next offset of the source for each partition of which the target has a record. */
  public Map<Integer, Long> next() {
    return new TreeMap<>(new FedPositions(kafka, source, target).next());
  }

  /**
   * Sends the records before the offsets {@code ends}, by partition, and returns how many.
   *
   * @param leftOut the offsets of those that are not sent, by partition
   */
  public long send(Map<Integer, Long> ends, Map<Integer, Set<Long>> leftOut) {
    Map<String, Object> properties = kafka.properties();
    properties.put("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", "false");
    try (var producer = FeedProducer.open(kafka, target);
        var consumer =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      // Only now no other run can write to the topic.
      place(consumer, ends);
      long sent = 0;
      while (isBehind(consumer, ends)) {
        List<StoredRecord> batch = batch(consumer, ends, leftOut);
        producer.send(batch);
        sent += batch.size();
      }
      return sent;
    } catch (KafkaException e) {
      throw new StartupException(source + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void place(Consumer<byte[], byte[]> consumer, Map<Integer, Long> ends) {
    List<TopicPartition> all =
        ends.keySet().stream().map(each -> new TopicPartition(source, each)).toList();
    consumer.assign(all);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(all, PATIENCE);
    Map<Integer, Long> next = next();
    for (TopicPartition each : all) {
      long begin = begins.getOrDefault(each, 0L);
      long from = next.getOrDefault(each.partition(), begin);
      if (from < begin) {
        throw new StartupException(
            each
                + " begins at offset "
                + begin
                + ", and "
                + target
                + " has its records before "
                + from
                + "; run gold feed again");
      }
      consumer.seek(each, from);
    }
  }

  private boolean isBehind(Consumer<byte[], byte[]> consumer, Map<Integer, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(each ->
            consumer.position(new TopicPartition(source, each.getKey()), PATIENCE)
                < each.getValue());
  }

  private List<StoredRecord> batch(
      Consumer<byte[], byte[]> consumer, Map<Integer, Long> ends, Map<Integer, Set<Long>> leftOut) {
    var batch = new ArrayList<StoredRecord>();
    for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
      boolean isBefore = each.offset() < ends.getOrDefault(each.partition(), 0L);
      if (isBefore && !leftOut.getOrDefault(each.partition(), Set.of()).contains(each.offset())) {
        batch.add(stored(each));
      }
    }
    return batch;
  }

  private StoredRecord stored(ConsumerRecord<byte[], byte[]> record) {
    var headers = new ArrayList<NamedBytes>();
    for (Header each : record.headers()) {
      headers.add(new NamedBytes(each.key(), buffer(each.value())));
    }
    var origin =
        new Origin(record.timestamp() * 1_000, source, record.partition(), record.offset());
    return new StoredRecord(origin, headers, buffer(record.key()), buffer(record.value()));
  }

  private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
