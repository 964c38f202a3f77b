package io.weir.ingest.registry;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/**
 * Writes a value of Avro as JSON: the branch of a union without its name, decimals as numbers, days
 * as dates. Other bytes become null.
 */
final class AvroJson {
  private static final int LONGEST_DECIMAL = 64;

  private final JsonGenerator json;

  AvroJson(JsonGenerator json) {
    this.json = json;
  }

  void write(Object value, Schema schema) throws IOException {
    switch (schema.getType()) {
      case RECORD -> fields((IndexedRecord) value, schema);
      case MAP -> entries((Map<?, ?>) value, schema.getValueType());
      case ARRAY -> items((Collection<?>) value, schema.getElementType());
      case UNION ->
          write(value, schema.getTypes().get(GenericData.get().resolveUnion(schema, value)));
      case STRING, ENUM -> json.writeString(value.toString());
      case INT -> integer(((Number) value).intValue(), schema);
      case LONG -> json.writeNumber(((Number) value).longValue());
      case FLOAT, DOUBLE -> number(((Number) value).doubleValue(), value);
      case BOOLEAN -> json.writeBoolean((Boolean) value);
      case BYTES -> bytes(bytes((ByteBuffer) value), schema);
      case FIXED -> bytes(((GenericFixed) value).bytes(), schema);
      case NULL -> json.writeNull();
    }
  }

  private void fields(IndexedRecord value, Schema schema) throws IOException {
    json.writeStartObject();
    for (Schema.Field field : schema.getFields()) {
      json.writeFieldName(field.name());
      write(value.get(field.pos()), field.schema());
    }
    json.writeEndObject();
  }

  private void entries(Map<?, ?> value, Schema schema) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : value.entrySet()) {
      json.writeFieldName(String.valueOf(entry.getKey()));
      write(entry.getValue(), schema);
    }
    json.writeEndObject();
  }

  private void items(Collection<?> value, Schema schema) throws IOException {
    json.writeStartArray();
    for (Object item : value) {
      write(item, schema);
    }
    json.writeEndArray();
  }

  private void integer(int value, Schema schema) throws IOException {
    if (schema.getLogicalType() instanceof LogicalTypes.Date) {
      json.writeString(LocalDate.ofEpochDay(value).toString());
    } else {
      json.writeNumber(value);
    }
  }

  /** JSON has no infinity and no NaN. A float keeps its few digits. */
  private void number(double number, Object value) throws IOException {
    if (Double.isFinite(number)) {
      json.writeNumber(new BigDecimal(value.toString()).toString());
    } else {
      json.writeNull();
    }
  }

  private static byte[] bytes(ByteBuffer value) {
    var bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return bytes;
  }

  private void bytes(byte[] value, Schema schema) throws IOException {
    boolean isShort = value.length > 0 && value.length <= LONGEST_DECIMAL;
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && isShort) {
      json.writeNumber(new BigDecimal(new BigInteger(value), decimal.getScale()).toString());
    } else {
      json.writeNull();
    }
  }
}
