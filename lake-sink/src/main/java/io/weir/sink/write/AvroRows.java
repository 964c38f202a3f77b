package io.weir.sink.write;

import io.weir.contract.AvroSerde;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.iceberg.Table;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Records of the contract as rows of their table. */
public final class AvroRows<T extends SpecificRecordBase> implements RowMapper {
  private final AvroSerde<T> serde;
  private final Columns columns;

  public AvroRows(AvroSerde<T> serde, Schema record, Table table, Set<String> times) {
    this.serde = serde;
    Schema row = AvroSchemaUtil.convert(table.schema(), table.name());
    this.columns = new Columns(record, row, times);
  }

  @Override
  public Row map(ConsumerRecord<byte[], byte[]> record) {
    return row(decode(record));
  }

  T decode(ConsumerRecord<byte[], byte[]> record) {
    T decoded;
    try {
      decoded = serde.deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      throw new UnreadableRecordException(record, String.valueOf(e.getMessage()));
    }
    if (decoded == null) {
      throw new UnreadableRecordException(record, "it has no value");
    }
    return decoded;
  }

  Row row(T decoded) {
    return columns.row(decoded);
  }
}
