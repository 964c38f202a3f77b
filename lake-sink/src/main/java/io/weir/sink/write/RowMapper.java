package io.weir.sink.write;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of a topic as a row of one table. */
public interface RowMapper {

  /** Throws {@link UnreadableRecordException} for a record that is no row. */
  TableRow map(ConsumerRecord<byte[], byte[]> record);
}
