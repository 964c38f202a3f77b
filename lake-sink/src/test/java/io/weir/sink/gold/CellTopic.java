package io.weir.sink.gold;

import static java.util.Objects.requireNonNull;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.Topic;
import io.weir.contract.avro.GoldCell;
import io.weir.lake.gold.GoldTables;
import io.weir.sink.Lake;
import io.weir.sink.TestSink;
import io.weir.sink.loop.LoopParts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topic of gold's cells, written with transactions as Kafka Streams does. */
final class CellTopic implements AutoCloseable {
  private final Topic topic;
  private final KafkaProducer<byte[], byte[]> producer;

  private CellTopic(Topic topic, KafkaProducer<byte[], byte[]> producer) {
    this.topic = topic;
    this.producer = producer;
  }

  static CellTopic create(Lake lake) {
    Topic topic = lake.cells();
    try (Admin admin = lake.kafka().admin()) {
      var created =
          new NewTopic(topic.name(), topic.partitions(), topic.replication())
              .configs(topic.configuration());
      admin.createTopics(List.of(created)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    var properties = lake.kafka().properties();
    properties.put("transactional.id", topic.name());
    var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    return new CellTopic(topic, producer);
  }

  /** What a loop needs that brings the cells into gold. */
  static LoopParts parts(Lake lake, TestSink factory) {
    return factory.gold(GoldTables.CELLS, lake.cells(), AvroSerde.goldCell());
  }

  /** The number of cells in gold. */
  static String count(Lake lake) {
    return lake.gold("SELECT count(*) FROM gold.cells");
  }

  Topic topic() {
    return topic;
  }

  /** The cell of a key in partition 0, with one session. */
  static GoldCell cell(GoldKey key, long version, Consumer<GoldCell.Builder> change) {
    GoldCell.Builder builder =
        GoldCell.newBuilder()
            .setSubject(key.subject().code())
            .setGrain(key.grain().code())
            .setBucketStart(key.bucketStart())
            .setIsBot(key.isBot())
            .setDimension(key.dimension().code())
            .setValue(key.value())
            .setPartition(0)
            .setVersion(version)
            .setSessions(1);
    change.accept(builder);
    return builder.build();
  }

  static GoldKey country(Grain grain, long bucketStart, String value) {
    return new GoldKey(Subject.SESSIONS, grain, Dimension.COUNTRY, false, bucketStart, value);
  }

  /** Sends cells in one transaction. */
  void send(GoldCell... cells) {
    send(true, List.of(cells));
  }

  void send(boolean isCommitted, List<GoldCell> cells) {
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    try (var serde = AvroSerde.goldCell()) {
      for (GoldCell cell : cells) {
        byte[] value = requireNonNull(serde.serialize("", cell));
        records.add(record(cell.getPartition(), key(cell), value));
      }
    }
    transaction(isCommitted, records);
  }

  /** Sends the record without a value that deletes a cell. */
  void delete(GoldKey key, int partition) {
    transaction(true, List.of(record(partition, key.bytes(), null)));
  }

  private ProducerRecord<byte[], byte[]> record(
      int partition, byte[] key, byte @Nullable [] value) {
    return new ProducerRecord<>(topic.name(), partition, key, value);
  }

  private static byte[] key(GoldCell cell) {
    for (Subject subject : Subject.values()) {
      for (Dimension dimension : Dimension.values()) {
        if (subject.code().equals(cell.getSubject())
            && dimension.code().equals(cell.getDimension())) {
          Grain grain =
              Arrays.stream(Grain.values())
                  .filter(each -> each.code().equals(cell.getGrain()))
                  .findAny()
                  .orElseThrow();
          return new GoldKey(
                  subject,
                  grain,
                  dimension,
                  cell.getIsBot(),
                  cell.getBucketStart(),
                  cell.getValue())
              .bytes();
        }
      }
    }
    throw new IllegalArgumentException(cell.toString());
  }

  private void transaction(boolean isCommitted, List<ProducerRecord<byte[], byte[]>> records) {
    producer.beginTransaction();
    for (ProducerRecord<byte[], byte[]> each : records) {
      var _ = producer.send(each);
    }
    if (isCommitted) {
      producer.commitTransaction();
    } else {
      producer.flush();
      producer.abortTransaction();
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
