package io.weir.scoring.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.contract.avro.Session;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads sessions with the fields of the sessions topic. Lists and maps are not read, because no
 * feature depends on them.
 */
final class SessionReader {
  static final int MOST = 1_000;

  /** Zero would be a wrong answer for these, not an unknown one. */
  private static final List<String> REQUIRED =
      List.of("start_time", "visitor_session_number", "features");

  private SessionReader() {}

  static List<Session> read(JsonNode sessions) throws WrongRequestException {
    if (!sessions.isArray() || sessions.isEmpty() || sessions.size() > MOST) {
      throw new WrongRequestException("sessions must be a list of 1 to " + MOST + " sessions");
    }
    var read = new ArrayList<Session>(sessions.size());
    for (JsonNode session : sessions) {
      String place = "sessions[" + read.size() + "]";
      for (String field : REQUIRED) {
        if (!session.hasNonNull(field)) {
          throw new WrongRequestException(place + " has no " + field);
        }
      }
      var record = new Session();
      fill(record, session, place);
      read.add(record);
    }
    return read;
  }

  private static void fill(SpecificRecord record, JsonNode object, String place)
      throws WrongRequestException {
    for (var entry : object.properties()) {
      Schema.Field field = record.getSchema().getField(entry.getKey());
      String name = place + '.' + RequestDocument.quoted(entry.getKey());
      if (field == null) {
        throw new WrongRequestException(name + " is no field of a session");
      }
      Schema type = nonNull(field.schema());
      boolean isUnread = type.getType() == Schema.Type.ARRAY || type.getType() == Schema.Type.MAP;
      if (!isUnread) {
        boolean isNull = entry.getValue().isNull();
        if (!isNull) {
          record.put(field.pos(), value(type, entry.getValue(), name));
        } else if (!field.schema().isUnion()) {
          throw new WrongRequestException(name + " must not be null");
        }
      }
    }
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
