package io.weir.sink.write;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Thrown for a record that cannot be read as a row. A person must look at it: records are never
 * skipped.
 */
public final class UnreadableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ConsumerRecord<?, ?> record;

  public UnreadableRecordException(ConsumerRecord<?, ?> record, String reason) {
    super(
        "topic "
            + record.topic()
            + " partition "
            + record.partition()
            + " offset "
            + record.offset()
            + " cannot be read: "
            + reason);
    this.record = record;
  }

  public int partition() {
    return record.partition();
  }

  public ConsumerRecord<?, ?> record() {
    return record;
  }
}
