package io.weir.scoring.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a topic's record in snake_case. Lists, and maps of anything but texts and
 * whole numbers, are not read, because no feature depends on them.
 */
final class RequestRecord {
  private static final Set<Schema.Type> MAPS = Set.of(Schema.Type.STRING, Schema.Type.LONG);

  private RequestRecord() {}

  /** Sets the fields that the object has. */
  static void fill(SpecificRecord record, JsonNode object, String place)
      throws WrongRequestException {
    for (var entry : object.properties()) {
      Schema.Field field = record.getSchema().getField(entry.getKey());
      String name = place + '.' + RequestDocument.quoted(entry.getKey());
      if (field == null) {
        throw new WrongRequestException(name + " is no field of " + word(record.getSchema()));
      }
      Schema type = nonNull(field.schema());
      if (isRead(type)) {
        boolean isNull = entry.getValue().isNull();
        if (!isNull) {
          record.put(field.pos(), value(type, entry.getValue(), name));
        } else if (!field.schema().isUnion() && !isAmounts(type)) {
          throw new WrongRequestException(name + " must not be null");
        }
      }
    }
  }

  private static boolean isRead(Schema type) {
    return switch (type.getType()) {
      case ARRAY -> false;
      case MAP -> MAPS.contains(type.getValueType().getType());
      default -> true;
    };
  }

  /** Amounts may be unknown. */
  private static boolean isAmounts(Schema type) {
    return type.getType() == Schema.Type.MAP && type.getValueType().getType() == Schema.Type.LONG;
  }

  /** The record as callers know it. */
  private static String word(Schema record) {
    return record.getName().equals("EnrichedEvent") ? "an event" : "a session";
  }

  private static Schema nonNull(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    Schema first = schema.getTypes().getFirst();
    return first.getType() == Schema.Type.NULL ? schema.getTypes().getLast() : first;
  }

  private static Object value(Schema type, JsonNode value, String name)
      throws WrongRequestException {
    Object read =
        switch (type.getType()) {
          case RECORD -> record(type, value, name);
          case MAP -> map(type.getValueType().getType(), value);
          case INT -> value.isIntegralNumber() && value.canConvertToInt() ? value.intValue() : null;
          case LONG -> wholeOrTime(value);
          case FLOAT, DOUBLE -> value.isNumber() ? value.doubleValue() : null;
          case BOOLEAN -> value.isBoolean() ? value.booleanValue() : null;
          default -> text(value);
        };
    if (read == null) {
      throw new WrongRequestException(name + " is not of type " + type.getName());
    }
    return read;
  }

  private static SpecificRecord record(Schema type, JsonNode value, String name)
      throws WrongRequestException {
    if (!value.isObject()) {
      throw new WrongRequestException(name + " must be an object");
    }
    var record = (SpecificRecord) SpecificData.get().newRecord(null, type);
    fill(record, value, name);
    return record;
  }

  private static @Nullable Map<String, Object> map(Schema.Type of, JsonNode value) {
    if (!value.isObject()) {
      return null;
    }
    var map = new HashMap<String, Object>();
    for (Map.Entry<String, JsonNode> each : value.properties()) {
      Object read = of == Schema.Type.STRING ? text(each.getValue()) : whole(each.getValue());
      if (read == null) {
        return null;
      }
      map.put(each.getKey(), read);
    }
    return map;
  }

  private static @Nullable String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : null;
  }

  private static @Nullable Long whole(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
  }

  /** Epoch milliseconds, or a time such as 2026-03-01T12:00:00Z. */
  private static @Nullable Long wholeOrTime(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    try {
      return value.isTextual() ? Instant.parse(value.textValue()).toEpochMilli() : null;
    } catch (DateTimeException | ArithmeticException _) {
      return null;
    }
  }
}
