package io.weir.sink.write;

import io.weir.lake.table.AvroTypes;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a record into the columns of a table, matched by name. */
final class RowReader {
  private static final int NOWHERE = -1;

  private final Schema row;
  private final ValueReader[] readers;
  private final int[] places;

  RowReader(Schema record, Schema row, Set<String> times) {
    this.row = row;
    List<Field> fields = record.getFields();
    this.readers = new ValueReader[fields.size()];
    this.places = new int[fields.size()];
    Map<String, Field> columns = new HashMap<>();
    row.getFields().forEach(column -> columns.put(column.name(), column));
    for (int i = 0; i < places.length; i++) {
      Field field = fields.get(i);
      Field column = columns.get(AvroTypes.column(field.name()));
      places[i] = column == null ? NOWHERE : column.pos();
      readers[i] =
          column == null
              ? ValueReader.skipping(field.schema())
              : ValueReader.of(field.name(), field.schema(), column.schema(), times);
    }
  }

  TableRow read(Decoder in) throws IOException {
    var values = new @Nullable Object[row.getFields().size()];
    for (int i = 0; i < readers.length; i++) {
      Object value = readers[i].read(in);
      if (places[i] != NOWHERE) {
        values[places[i]] = value;
      }
    }
    return new TableRow(row, values);
  }

  /**
   * Reads one value of a row; chosen once per column. Texts stay UTF-8 bytes, because Parquet
   * stores them so.
   */
  private interface ValueReader {
    @Nullable Object read(Decoder in) throws IOException;

    /** Skips a field that has no column. */
    static ValueReader skipping(Schema schema) {
      return in -> {
        GenericDatumReader.skip(schema, in);
        return null;
      };
    }

    /** The reader of a field; {@code to} is the Avro schema of the field's column. */
    static ValueReader of(String name, Schema from, Schema to, Set<String> times) {
      Schema column = AvroTypes.present(to);
      return switch (from.getType()) {
        case NULL -> in -> null;
        case UNION -> union(name, from, column, times);
        case STRING -> in -> in.readString(null);
        case ENUM -> in -> from.getEnumSymbols().get(in.readEnum());
        case BYTES -> in -> in.readBytes(null);
        case BOOLEAN -> Decoder::readBoolean;
        case INT ->
            column.getType() == Schema.Type.LONG ? in -> (long) in.readInt() : Decoder::readInt;
        case LONG -> number(name, times);
        case FLOAT ->
            column.getType() == Schema.Type.DOUBLE
                ? in -> (double) in.readFloat()
                : Decoder::readFloat;
        case DOUBLE -> Decoder::readDouble;
        case ARRAY -> list(of(name, from.getElementType(), column.getElementType(), times));
        case MAP -> map(of(name, from.getValueType(), column.getValueType(), times));
        case RECORD -> new RowReader(from, column, times)::read;
        case FIXED -> throw new IllegalArgumentException(name + " has no reader: " + from);
      };
    }

    private static ValueReader number(String name, Set<String> times) {
      if (times.contains(name)) {
        return in -> in.readLong() * 1000;
      }
      return AvroTypes.isMoney(name)
          ? in -> BigDecimal.valueOf(in.readLong(), 4)
          : Decoder::readLong;
    }

    private static ValueReader union(String name, Schema from, Schema to, Set<String> times) {
      List<Schema> types = from.getTypes();
      var branches = new ValueReader[types.size()];
      for (int i = 0; i < branches.length; i++) {
        branches[i] = of(name, types.get(i), to, times);
      }
      return in -> branches[in.readIndex()].read(in);
    }

    private static ValueReader list(ValueReader element) {
      return in -> {
        long count = in.readArrayStart();
        if (count == 0) {
          return List.of();
        }
        var list = new ArrayList<@Nullable Object>();
        for (; count != 0; count = in.arrayNext()) {
          for (long i = 0; i < count; i++) {
            list.add(element.read(in));
          }
        }
        return list;
      };
    }

    private static ValueReader map(ValueReader value) {
      return in -> {
        long count = in.readMapStart();
        if (count == 0) {
          return Map.of();
        }
        var map = new HashMap<Object, @Nullable Object>();
        for (; count != 0; count = in.mapNext()) {
          for (long i = 0; i < count; i++) {
            map.put(in.readString(null), value.read(in));
          }
        }
        return map;
      };
    }
  }
}
