package io.weir.sink.write;

import io.weir.lake.table.AvroTypes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** How a value of the contract becomes a value of a row, decided once per column. */
interface Cells {

  Object convert(Object value);

  Cells SAME = value -> value;
  Cells MICROS = value -> (Long) value * 1000;
  Cells WIDER_INT = value -> ((Integer) value).longValue();
  Cells WIDER_FLOAT = value -> ((Float) value).doubleValue();
  Cells MONEY = value -> BigDecimal.valueOf((Long) value, 4);

  /** The conversion of a field; {@code column} is the Avro form of the column it goes to. */
  static Cells of(Field field, Schema column, Set<String> times) {
    return of(field.name(), AvroTypes.present(field.schema()), AvroTypes.present(column), times);
  }

  private static Cells of(String name, Schema from, Schema to, Set<String> times) {
    return switch (from.getType()) {
      case INT -> to.getType() == Schema.Type.LONG ? WIDER_INT : SAME;
      case FLOAT -> to.getType() == Schema.Type.DOUBLE ? WIDER_FLOAT : SAME;
      case LONG -> times.contains(name) ? MICROS : AvroTypes.isMoney(name) ? MONEY : SAME;
      case ARRAY -> {
        Schema element = AvroTypes.present(to.getElementType());
        yield list(of(name, AvroTypes.present(from.getElementType()), element, times));
      }
      case MAP -> {
        Schema value = AvroTypes.present(to.getValueType());
        yield map(of(name, AvroTypes.present(from.getValueType()), value, times));
      }
      case RECORD -> struct(from, to, times);
      default -> SAME;
    };
  }

  private static Cells struct(Schema from, Schema to, Set<String> times) {
    var columns = new Columns(from, to, times);
    return value -> columns.row((IndexedRecord) value);
  }

  private static Cells list(Cells element) {
    if (element.equals(SAME)) {
      return SAME;
    }
    return value -> {
      var list = (Collection<?>) value;
      var converted = new ArrayList<@Nullable Object>(list.size());
      for (Object each : list) {
        converted.add(each == null ? null : element.convert(each));
      }
      return converted;
    };
  }

  private static Cells map(Cells cell) {
    if (cell.equals(SAME)) {
      return SAME;
    }
    return value -> {
      var converted = new HashMap<Object, @Nullable Object>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        Object each = entry.getValue();
        converted.put(entry.getKey(), each == null ? null : cell.convert(each));
      }
      return converted;
    };
  }
}
