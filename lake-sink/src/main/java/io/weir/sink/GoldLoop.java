package io.weir.sink;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.sink.gold.Postgres;
import io.weir.sink.gold.Upsert;
import io.weir.sink.ops.LoopHealth;
import io.weir.sink.ops.LoopMeters;
import io.weir.sink.ops.Reason;
import io.weir.sink.write.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One topic into one relation of PostgreSQL. The transaction comes first, the offsets in Kafka
 * after it: a batch may be written twice, which changes nothing the second time.
 */
final class GoldLoop<T extends SpecificRecordBase> implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(GoldLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LEAVE = Duration.ofSeconds(3);
  private static final long PROBE_MILLIS = 5_000;
  private static final int PROBE_SECONDS = 5;

  private final Parts<T> parts;
  private final Consumer<byte[], byte[]> consumer;
  private final Backoff backoff = new Backoff();
  private @Nullable Connection connection;
  private @Nullable UnreadableRecordException unreadable;
  private long nextProbeMillis = Long.MIN_VALUE;
  private boolean isClosed;

  /** What it is made of beside its consumer. */
  record Parts<T extends SpecificRecordBase>(
      Topic topic,
      AvroSerde<T> serde,
      Upsert<T> upsert,
      Postgres postgres,
      Clock clock,
      LoopHealth health,
      LoopMeters meters) {}

  GoldLoop(Parts<T> parts, Consumer<byte[], byte[]> consumer) {
    this.parts = parts;
    this.consumer = consumer;
  }

  @Override
  public void start() {
    consumer.subscribe(List.of(parts.topic().name()), new Rebalance());
  }

  @Override
  public int doWork() {
    try {
      return step();
    } catch (SQLException | RuntimeException e) {
      retryLater(e);
      return 0;
    }
  }

  private int step() throws SQLException {
    long now = parts.clock().millis();
    if (backoff.isWaiting(now) || unreadable != null) {
      consumer.pause(consumer.assignment());
      consumer.poll(POLL);
      return 0;
    }
    if (now >= nextProbeMillis) {
      BrokerProbe.ask(consumer, parts.topic().name());
      connected();
      nextProbeMillis = now + PROBE_MILLIS;
    }
    consumer.resume(consumer.paused());
    int taken = take(consumer.poll(POLL));
    backoff.succeeded();
    if (unreadable == null) {
      measureLag();
      parts.health().up();
    }
    return taken;
  }

  private int take(ConsumerRecords<byte[], byte[]> records) throws SQLException {
    if (records.isEmpty()) {
      return 0;
    }
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      starts.put(partition, records.records(partition).getFirst().offset());
    }
    long started = System.nanoTime();
    try {
      Map<TopicPartition, OffsetAndMetadata> next = collect(records);
      parts.upsert().write(connected());
      consumer.commitSync(next);
      if (unreadable != null) {
        next.forEach((partition, offset) -> starts.put(partition, offset.offset()));
        rewind(starts);
      }
    } catch (SQLException | RuntimeException e) {
      rewind(starts);
      throw e;
    } finally {
      parts.upsert().clear();
    }
    parts.meters().committed(records.count(), 0, Duration.ofNanos(System.nanoTime() - started));
    return records.count();
  }

  private void rewind(Map<TopicPartition, Long> places) {
    places.keySet().retainAll(consumer.assignment());
    places.forEach(consumer::seek);
  }

  /** The offsets behind what was collected: up to a record that cannot be read. */
  private Map<TopicPartition, OffsetAndMetadata> collect(ConsumerRecords<byte[], byte[]> records) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        take(record);
      } catch (UnreadableRecordException e) {
        stopAt(e);
        return next;
      }
      next.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    return next;
  }

  /** In a compacted topic a key without a value is a key that is no more. */
  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null && record.key() != null && parts.topic().isCompacted()) {
      parts.upsert().remove(new String(record.key(), StandardCharsets.UTF_8));
    } else {
      parts.upsert().add(decode(record));
    }
  }

  private T decode(ConsumerRecord<byte[], byte[]> record) {
    T decoded;
    try {
      decoded = parts.serde().deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      throw new UnreadableRecordException(record, String.valueOf(e.getMessage()));
    }
    if (decoded == null) {
      throw new UnreadableRecordException(record, "it has no value");
    }
    return decoded;
  }

  private void stopAt(UnreadableRecordException e) {
    LOG.error("{} stops: {}", parts.health().name(), e.getMessage());
    parts.health().down(String.valueOf(e.getMessage()));
    unreadable = e;
  }

  private Connection connected() throws SQLException {
    Connection current = connection;
    if (current == null || !current.isValid(PROBE_SECONDS)) {
      disconnect();
      current = parts.postgres().connect();
      connection = current;
    }
    return current;
  }

  private void disconnect() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.debug("A broken connection does not close", e);
    }
    connection = null;
  }

  private void retryLater(Exception e) {
    disconnect();
    String reason = Reason.of(e);
    LOG.warn("{} will try again: {}", parts.health().name(), reason);
    LOG.debug("{} failed", parts.health().name(), e);
    unreadable = null;
    parts.meters().failed();
    parts.meters().lag(Double.NaN);
    parts.health().down(reason);
    backoff.failed(parts.clock().millis());
  }

  private void measureLag() {
    double lag = 0;
    for (TopicPartition partition : consumer.assignment()) {
      lag += consumer.currentLag(partition).orElse(Long.MAX_VALUE);
    }
    parts.meters().lag(lag < Long.MAX_VALUE ? lag : Double.NaN);
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    consumer.close(CloseOptions.timeout(LEAVE));
    disconnect();
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.debug("{} takes {}", parts.health().name(), partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      boolean isOurs =
          unreadable != null
              && partitions.contains(
                  new TopicPartition(parts.topic().name(), unreadable.partition()));
      if (isOurs) {
        unreadable = null;
      }
    }
  }
}
