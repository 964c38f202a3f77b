package io.weir.sink.write;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Maps records to rows byte for byte, whatever they contain. */
public final class RawRows implements RowMapper {
  private static final int MICROS = 1000;

  private final Clock clock;
  private final Schema row;
  private final Schema header;

  public RawRows(Table table, Clock clock) {
    this.clock = clock;
    this.row = AvroSchemaUtil.convert(table.schema(), table.name());
    this.header = row.getField("headers").schema().getElementType();
  }

  @Override
  public TableRow map(ConsumerRecord<byte[], byte[]> record) {
    long now = clock.millis();
    boolean isStamped = record.timestampType() == TimestampType.LOG_APPEND_TIME;
    return new TableRow(
        row,
        new @Nullable Object[] {
          buffer(record.key()),
          buffer(record.value()),
          headers(record),
          record.topic(),
          record.partition(),
          record.offset(),
          (isStamped ? record.timestamp() : now) * MICROS,
          now * MICROS
        });
  }

  private List<TableRow> headers(ConsumerRecord<byte[], byte[]> record) {
    Header[] headers = record.headers().toArray();
    if (headers.length == 0) {
      return List.of();
    }
    var rows = new ArrayList<TableRow>(headers.length);
    for (Header each : headers) {
      rows.add(new TableRow(header, new @Nullable Object[] {each.key(), buffer(each.value())}));
    }
    return rows;
  }

  private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
