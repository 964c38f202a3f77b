package io.weir.sink.write;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Maps a record of a topic to a row of one table. */
public interface RowMapper extends RowsMapper {

  /** Throws {@link UnreadableRecordException} if the record cannot be read as a row. */
  TableRow map(ConsumerRecord<byte[], byte[]> record);

  @Override
  default List<TableRow> rows(ConsumerRecord<byte[], byte[]> record) {
    return List.of(map(record));
  }
}
