package io.weir.scoring.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a topic's record in snake_case. Lists, and maps of anything but texts, are
 * not read, because no feature depends on them.
 */
final class RequestRecord {
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
        } else if (!field.schema().isUnion()) {
          throw new WrongRequestException(name + " must not be null");
        }
      }
    }
  }

  private static boolean isRead(Schema type) {
    return switch (type.getType()) {
      case ARRAY -> false;
      case MAP -> type.getValueType().getType() == Schema.Type.STRING;
      default -> true;
    };
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
          case MAP -> texts(value);
          case INT -> value.isIntegralNumber() && value.canConvertToInt() ? value.intValue() : null;
          case LONG -> wholeOrTime(value);
          case FLOAT, DOUBLE -> value.isNumber() ? value.doubleValue() : null;
          case BOOLEAN -> value.isBoolean() ? value.booleanValue() : null;
          default -> value.isTextual() ? value.textValue() : null;
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

  private static @Nullable Map<String, String> texts(JsonNode value) {
    if (!value.isObject()) {
      return null;
    }
    var texts = new HashMap<String, String>();
    for (Map.Entry<String, JsonNode> each : value.properties()) {
      if (!each.getValue().isTextual()) {
        return null;
      }
      texts.put(each.getKey(), each.getValue().textValue());
    }
    return texts;
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
