package io.weir.sink.write;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that is no row: it must be looked at, and is never passed over. */
public final class UnreadableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int partition;

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
    this.partition = record.partition();
  }

  public int partition() {
    return partition;
  }
}
