package io.weir.tools.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.GoldCell;
import io.weir.lake.gold.GoldTables;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topic of a rebuild's cells from its first record to its end, and stores the newest. */
final class CellLoad {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int BATCH = 5_000;

  private final KafkaConnection kafka;
  private final RebuiltGold gold;

  CellLoad(KafkaConnection kafka, RebuiltGold gold) {
    this.kafka = kafka;
    this.gold = gold;
  }

  /** Loads the topic and returns the positions behind the last records. */
  Map<TopicPartition, Long> run(String topic) throws SQLException {
    Map<String, Object> properties = kafka.properties();
    properties.put("isolation.level", "read_committed");
    properties.put("allow.auto.create.topics", "false");
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return read(consumer, topic);
    } catch (KafkaException e) {
      throw new StartupException(topic + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Map<TopicPartition, Long> read(Consumer<byte[], byte[]> consumer, String topic)
      throws SQLException {
    List<TopicPartition> all =
        consumer.partitionsFor(topic, PATIENCE).stream()
            .map(each -> new TopicPartition(topic, each.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all, PATIENCE);
    var batch = new CellBatch();
    while (isBehind(consumer, ends)) {
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
        batch.add(each);
      }
      if (batch.size() >= BATCH) {
        batch.store();
      }
    }
    batch.store();
    var next = new HashMap<TopicPartition, Long>();
    all.forEach(each -> next.put(each, consumer.position(each, PATIENCE)));
    return next;
  }

  private static boolean isBehind(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    for (Map.Entry<TopicPartition, Long> each : ends.entrySet()) {
      if (consumer.position(each.getKey(), PATIENCE) < each.getValue()) {
        return true;
      }
    }
    return false;
  }

  /** The newest record of each key since the last store; a key without a cell is deleted. */
  private final class CellBatch {
    private final AvroSerde<GoldCell> serde = AvroSerde.goldCell();
    private final Map<String, GoldCell> newest = new TreeMap<>();
    private final Map<String, Boolean> gone = new TreeMap<>();

    void add(ConsumerRecord<byte[], byte[]> record) {
      if (record.value() == null) {
        String key =
            GoldTables.CELLS.deletedKey(record.partition(), new String(record.key(), UTF_8));
        newest.remove(key);
        gone.put(key, true);
      } else {
        GoldCell cell = Objects.requireNonNull(serde.deserialize("", record.value()));
        newest.put(GoldTables.CELLS.keyOf(cell), cell);
      }
    }

    int size() {
      return newest.size() + gone.size();
    }

    void store() throws SQLException {
      gold.delete(gone.keySet());
      gold.upsert(newest.values());
      newest.clear();
      gone.clear();
    }
  }
}
