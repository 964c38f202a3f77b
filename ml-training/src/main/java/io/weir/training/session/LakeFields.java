package io.weir.training.session;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * Copies fields from rows of the lake into records. They are made without builders, whose defaults
 * ask Avro for classes, which it refuses in a process without topics.
 */
public final class LakeFields {
  private static final String MONEY = "_e4";
  private static final int DIGITS = 4;

  private LakeFields() {}

  /** Copies the fields of these names. */
  public static void copy(Record row, List<String> names, SpecificRecord into) {
    for (String name : names) {
      put(into, name, row.getField(column(name)));
    }
  }

  /** The lake's name of a field: an amount in ten-thousandths is a decimal there. */
  static String column(String field) {
    return field.endsWith(MONEY) ? field.substring(0, field.length() - MONEY.length()) : field;
  }

  /** Sets a field; a row that is older than its column has no value. */
  private static void put(SpecificRecord record, String name, @Nullable Object value) {
    if (value != null) {
      record.put(record.getSchema().getField(name).pos(), plain(value));
    }
  }

  private static Object plain(Object value) {
    return switch (value) {
      case OffsetDateTime time -> time.toInstant().toEpochMilli();
      case BigDecimal amount -> amount.movePointRight(DIGITS).longValueExact();
      default -> value;
    };
  }
}
