package io.weir.sink.write;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.SessionChanges;
import org.apache.avro.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Maps each revision and retraction of a session to a row, with its place in the topic. */
public final class ChangeRows implements RowMapper {
  private static final int MICROS = 1000;

  private final AvroRows<Session> sessions;
  private final int time;
  private final int partition;
  private final int offset;

  public ChangeRows(Table table) {
    Schema row = AvroSchemaUtil.convert(table.schema(), table.name());
    this.sessions =
        new AvroRows<>(
            AvroSerde.session(), Session.getClassSchema(), row, LakeTables.SESSION_CHANGES.times());
    this.time = row.getField(SessionChanges.TIME).pos();
    this.partition = row.getField(SessionChanges.PARTITION).pos();
    this.offset = row.getField(SessionChanges.OFFSET).pos();
  }

  @Override
  public TableRow map(ConsumerRecord<byte[], byte[]> record) {
    TableRow row = sessions.map(record);
    row.put(time, record.timestamp() * MICROS);
    row.put(partition, record.partition());
    row.put(offset, record.offset());
    return row;
  }
}
