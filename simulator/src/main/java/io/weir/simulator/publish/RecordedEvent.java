package io.weir.simulator.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.simulator.json.JsonBuffer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a recorded line that replay needs: its key, its time, and the positions of times.
 */
final class RecordedEvent {
  static final long NO_TIME = Long.MIN_VALUE;

  private static final JsonFactory JSON = new JsonFactory();
  private static final List<String> TIMES =
      List.of("event_time", "originalTimestamp", "timestamp", "event_timestamp");
  private static final List<String> OTHER_TIMES =
      List.of("sent_at", "sentAt", "received_at", "receivedAt");
  private static final List<String> VISITORS =
      List.of("anonymous_id", "anonymousId", "user_id", "userId");

  private final List<Span> spans = new ArrayList<>();
  private @Nullable String visitor;
  private int visitorRank = Integer.MAX_VALUE;
  private long time = NO_TIME;
  private int timeRank = Integer.MAX_VALUE;

  private RecordedEvent() {}

  /** The position of a time in the line. */
  private record Span(int start, int end, long time, boolean text) {}

  /** Reads a line; one that is no JSON object has neither key nor time. */
  static RecordedEvent read(byte[] line, int length) {
    var event = new RecordedEvent();
    try (JsonParser parser = JSON.createParser(line, 0, length)) {
      return parser.nextToken() == JsonToken.START_OBJECT && event.fields(parser)
          ? event
          : new RecordedEvent();
    } catch (IOException e) {
      // Not JSON: the line is sent unchanged, and the pipeline rejects it.
      return new RecordedEvent();
    }
  }

  /** Reads the fields; returns whether the object is the whole line. */
  private boolean fields(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value.isStructStart()) {
        parser.skipChildren();
      } else {
        scalar(name, value, parser);
      }
    }
    return parser.nextToken() == null;
  }

  private void scalar(String name, JsonToken value, JsonParser parser) throws IOException {
    int id = VISITORS.indexOf(name);
    if (id >= 0 && id < visitorRank && value == JsonToken.VALUE_STRING) {
      String text = parser.getText();
      if (!text.isEmpty()) {
        visitor = text;
        visitorRank = id;
      }
    }
    int rank = TIMES.indexOf(name);
    if (rank >= 0 || OTHER_TIMES.contains(name)) {
      time(value, rank, parser);
    }
  }

  private void time(JsonToken value, int rank, JsonParser parser) throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    long told = NO_TIME;
    if (value == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      told = parser.getLongValue();
      spans.add(new Span(start, start + parser.getText().length(), told, false));
    } else if (value == JsonToken.VALUE_STRING) {
      told = parse(parser.getText());
      if (told != NO_TIME) {
        int end = (int) parser.currentLocation().getByteOffset();
        spans.add(new Span(start, end, told, true));
      }
    }
    if (told != NO_TIME && rank >= 0 && rank < timeRank) {
      time = told;
      timeRank = rank;
    }
  }

  private static long parse(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      // The pipeline judges the time; for the replay an unreadable time only means "no pause".
      return NO_TIME;
    }
  }

  byte @Nullable [] key() {
    return visitor == null ? null : JsonBuffer.ascii(visitor);
  }

  long time() {
    return time;
  }

  /** Writes the line with all its times moved by {@code by}. */
  void shift(byte[] line, int length, long by, JsonBuffer out) {
    out.clear();
    int position = 0;
    for (Span span : spans) {
      long moved = span.time + by;
      out.put(line, position, span.start - position);
      if (span.text) {
        out.put('"').instant(moved).put('"');
      } else {
        out.put(Long.toString(moved));
      }
      position = span.end;
    }
    out.put(line, position, length - position);
  }
}
