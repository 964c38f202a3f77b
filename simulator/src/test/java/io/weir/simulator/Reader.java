package io.weir.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a raw event according to the contract, written independently of the writer. */
public final class Reader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  private Reader() {}

  /** An accepted event; its time is corrected for the device's clock. */
  public record Event(String id, String type, String visitor, long time, JsonNode json) {}

  /** Reads a line; empty if the contract rejects it. */
  public static Optional<Event> read(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      String id = json.path("event_id").textValue();
      String type = json.path("event_type").textValue();
      String anonymous = json.path("anonymous_id").textValue();
      String visitor = anonymous == null ? json.path("user_id").textValue() : anonymous;
      String time = json.path("event_time").textValue();
      if (id == null || type == null || visitor == null || time == null) {
        return Optional.empty();
      }
      if (id.length() > 100 || !TYPE.matcher(type).matches()) {
        return Optional.empty();
      }
      return Optional.of(new Event(id, type, visitor, corrected(json, millis(time)), json));
    } catch (JsonProcessingException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static long corrected(JsonNode json, long time) {
    if (!json.has("sent_at") || !json.has("received_at")) {
      return time;
    }
    return millis(json.get("received_at").textValue())
        - (millis(json.get("sent_at").textValue()) - time);
  }

  private static long millis(String text) {
    return OffsetDateTime.parse(text).toInstant().toEpochMilli();
  }
}
