package io.weir.tools.sql;

import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** DuckDB's type for a column of the lake. */
public final class DuckType {
  private DuckType() {}

  static String of(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> "BOOLEAN";
      case INTEGER -> "INTEGER";
      case LONG -> "BIGINT";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC() ? "TIMESTAMPTZ" : "TIMESTAMP";
      case STRING -> "VARCHAR";
      case UUID -> "UUID";
      case FIXED, BINARY -> "BLOB";
      case DECIMAL -> {
        var decimal = (Types.DecimalType) type;
        yield "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
      }
      case STRUCT ->
          type.asStructType().fields().stream()
              .map(field -> quoted(field.name()) + " " + of(field.type()))
              .collect(Collectors.joining(", ", "STRUCT(", ")"));
      case LIST -> of(type.asListType().elementType()) + "[]";
      case MAP -> {
        Types.MapType map = type.asMapType();
        yield "MAP(" + of(map.keyType()) + ", " + of(map.valueType()) + ")";
      }
      default -> throw new IllegalArgumentException("DuckDB has no type for " + type);
    };
  }

  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  public static String text(String value) {
    return '\'' + value.replace("'", "''") + '\'';
  }
}
