package io.weir.ingest.registry;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;

/**
 * Turns a value of Avro into JSON: the branch of a union without its name, decimals as numbers,
 * days as dates. Other bytes become null.
 *
 * <p>Values without a byte and names in the schema let a short record become a long text, so what
 * is written is bounded. No value is kept.
 */
final class AvroJson {
  private static final int LONGEST_DECIMAL = 64;
  private static final int MOST_VALUES = 100_000;
  private static final int MOST_BYTES = 8 << 20;

  private final Decoder avro;
  private final JsonGenerator json;
  private final ByteArrayOutputStream out;
  private int values;

  /**
   * @param out where the generator writes
   */
  AvroJson(Decoder avro, JsonGenerator json, ByteArrayOutputStream out) {
    this.avro = avro;
    this.json = json;
    this.out = out;
  }

  void write(Schema schema) throws IOException {
    if (++values > MOST_VALUES) {
      throw new AvroRuntimeException("more than " + MOST_VALUES + " values");
    }
    if (out.size() > MOST_BYTES) {
      throw new AvroRuntimeException("more than " + MOST_BYTES + " bytes as JSON");
    }
    switch (schema.getType()) {
      case RECORD -> fields(schema);
      case MAP -> entries(schema.getValueType());
      case ARRAY -> items(schema.getElementType());
      case UNION -> write(schema.getTypes().get(avro.readIndex()));
      case STRING -> json.writeString(avro.readString());
      case ENUM -> json.writeString(schema.getEnumSymbols().get(avro.readEnum()));
      case INT -> integer(avro.readInt(), schema);
      case LONG -> json.writeNumber(avro.readLong());
      case FLOAT -> real(avro.readFloat());
      case DOUBLE -> real(avro.readDouble());
      case BOOLEAN -> json.writeBoolean(avro.readBoolean());
      case BYTES -> bytes(bytes(), schema);
      case FIXED -> bytes(fixed(schema), schema);
      case NULL -> json.writeNull();
    }
  }

  private void fields(Schema schema) throws IOException {
    json.writeStartObject();
    for (Schema.Field field : schema.getFields()) {
      json.writeFieldName(field.name());
      write(field.schema());
    }
    json.writeEndObject();
  }

  private void entries(Schema schema) throws IOException {
    json.writeStartObject();
    for (long block = avro.readMapStart(); block > 0; block = avro.mapNext()) {
      for (long i = 0; i < block; i++) {
        json.writeFieldName(avro.readString());
        write(schema);
      }
    }
    json.writeEndObject();
  }

  private void items(Schema schema) throws IOException {
    json.writeStartArray();
    for (long block = avro.readArrayStart(); block > 0; block = avro.arrayNext()) {
      for (long i = 0; i < block; i++) {
        write(schema);
      }
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
  private void real(Number number) throws IOException {
    if (Double.isFinite(number.doubleValue())) {
      json.writeNumber(new BigDecimal(number.toString()).toString());
    } else {
      json.writeNull();
    }
  }

  private byte[] bytes() throws IOException {
    ByteBuffer value = avro.readBytes(null);
    var bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }

  /** A long one is passed over, since its length is in the schema alone. */
  private byte[] fixed(Schema schema) throws IOException {
    if (schema.getFixedSize() > LONGEST_DECIMAL) {
      avro.skipFixed(schema.getFixedSize());
      return new byte[0];
    }
    var bytes = new byte[schema.getFixedSize()];
    avro.readFixed(bytes);
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
