package io.weir.sink.write;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Maps a record of a topic to any number of rows of one table, all of one day. */
public interface RowsMapper {

  /** Throws {@link UnreadableRecordException} if the record cannot be read. */
  List<TableRow> rows(ConsumerRecord<byte[], byte[]> record);
}
