package io.weir.sink.gold;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.lake.commit.Changes;
import io.weir.sink.write.AvroRows;
import io.weir.sink.write.RowWriter;
import io.weir.sink.write.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Holds the records of one transaction in memory. It writes no files. */
final class GoldBatch<T extends SpecificRecordBase> implements RowWriter {
  private final Topic topic;
  private final AvroSerde<T> serde;
  private final Upsert<T> upsert;
  private long bytes;

  GoldBatch(Topic topic, AvroSerde<T> serde, Upsert<T> upsert) {
    this.topic = topic;
    this.serde = serde;
    this.upsert = upsert;
  }

  /** Adds a record to the batch. A record without a value is a tombstone: its key is deleted. */
  @Override
  public void write(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null && record.key() != null && topic.isCompacted()) {
      upsert.remove(record.partition(), new String(record.key(), StandardCharsets.UTF_8));
    } else {
      add(record);
    }
    bytes += Math.max(1, record.serializedValueSize());
  }

  /** Adds a record, or stops the loop at it: a commit with it would fail for ever. */
  private void add(ConsumerRecord<byte[], byte[]> record) {
    T decoded = AvroRows.decode(serde, record);
    try {
      upsert.add(decoded);
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecordException(record, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public Changes close() {
    return Changes.NONE;
  }

  @Override
  public void committed() {
    clear();
  }

  @Override
  public void discard() {
    clear();
  }

  @Override
  public void abandon() {
    clear();
  }

  private void clear() {
    upsert.clear();
    bytes = 0;
  }

  @Override
  public void reassigned() {
    // The batch has no cache of the relation.
  }
}
