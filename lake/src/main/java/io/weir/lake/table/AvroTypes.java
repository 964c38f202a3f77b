package io.weir.lake.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.avro.Schema.Field;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Derives the columns of a table from an Avro record of the contract. Longs that are times become
 * timestamps with zone. A field {@code …_e4} becomes a decimal without that ending, wide enough for
 * any long.
 */
public final class AvroTypes {
  static final String MONEY = "_e4";
  static final Type DECIMAL = Types.DecimalType.of(19, 4);

  private final Set<String> times;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, Set<String>> formerNames = new HashMap<>();

  private AvroTypes(Set<String> times) {
    this.times = times;
  }

  /**
   * The columns for all fields except the hidden ones; {@code times} names the fields that are
   * epoch milliseconds.
   */
  static Schema columns(org.apache.avro.Schema record, Set<String> times, Set<String> hidden) {
    return new Schema(new AvroTypes(times).fields(record, hidden));
  }

  /** The aliases of fields, by the column ids that {@link #columns} assigns. */
  static Map<Integer, Set<String>> formerNames(
      org.apache.avro.Schema record, Set<String> times, Set<String> hidden) {
    var types = new AvroTypes(times);
    types.fields(record, hidden);
    return types.formerNames;
  }

  /** The name of a field's column. */
  public static String column(String field) {
    return isMoney(field) ? field.substring(0, field.length() - MONEY.length()) : field;
  }

  public static boolean isMoney(String field) {
    return field.endsWith(MONEY);
  }

  /** The type of a nullable field without null. */
  public static org.apache.avro.Schema present(org.apache.avro.Schema schema) {
    if (schema.getType() != org.apache.avro.Schema.Type.UNION) {
      return schema;
    }
    for (org.apache.avro.Schema branch : schema.getTypes()) {
      if (branch.getType() != org.apache.avro.Schema.Type.NULL) {
        return branch;
      }
    }
    throw new IllegalArgumentException("a union without a type other than null: " + schema);
  }

  private List<NestedField> fields(org.apache.avro.Schema record, Set<String> hidden) {
    var fields = new ArrayList<NestedField>();
    for (Field field : record.getFields()) {
      if (hidden.contains(field.name())) {
        continue;
      }
      int id = ids.incrementAndGet();
      if (!field.aliases().isEmpty()) {
        formerNames.put(
            id, field.aliases().stream().map(AvroTypes::column).collect(Collectors.toSet()));
      }
      Type type = type(field.name(), present(field.schema()));
      fields.add(
          NestedField.builder()
              .withId(id)
              .withName(column(field.name()))
              .isOptional(field.schema().isNullable())
              .ofType(type)
              .withDoc(field.doc())
              .build());
    }
    return fields;
  }

  private Type type(String name, org.apache.avro.Schema schema) {
    return switch (schema.getType()) {
      case STRING, ENUM -> Types.StringType.get();
      case BOOLEAN -> Types.BooleanType.get();
      case INT -> Types.IntegerType.get();
      case LONG -> number(name);
      case FLOAT -> Types.FloatType.get();
      case DOUBLE -> Types.DoubleType.get();
      case BYTES, FIXED -> Types.BinaryType.get();
      case RECORD -> Types.StructType.of(fields(schema, Set.of()));
      case ARRAY -> list(name, schema.getElementType());
      case MAP -> map(name, schema.getValueType());
      case UNION, NULL -> throw new IllegalArgumentException("no column for " + name + schema);
    };
  }

  private Type number(String name) {
    if (times.contains(name)) {
      return Types.TimestampType.withZone();
    }
    return isMoney(name) ? DECIMAL : Types.LongType.get();
  }

  private Type list(String name, org.apache.avro.Schema element) {
    int id = ids.incrementAndGet();
    Type type = type(name, present(element));
    return element.isNullable()
        ? Types.ListType.ofOptional(id, type)
        : Types.ListType.ofRequired(id, type);
  }

  private Type map(String name, org.apache.avro.Schema value) {
    int key = ids.incrementAndGet();
    int id = ids.incrementAndGet();
    Type type = type(name, present(value));
    return value.isNullable()
        ? Types.MapType.ofOptional(key, id, Types.StringType.get(), type)
        : Types.MapType.ofRequired(key, id, Types.StringType.get(), type);
  }
}
