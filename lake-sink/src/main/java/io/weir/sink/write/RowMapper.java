package io.weir.sink.write;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Maps a record of a topic to a row of one table. */
public interface RowMapper {

  /** Throws {@link UnreadableRecordException} if the record cannot be read as a row. */
  TableRow map(ConsumerRecord<byte[], byte[]> record);
}
