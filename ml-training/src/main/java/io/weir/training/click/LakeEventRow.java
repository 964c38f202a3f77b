package io.weir.training.click;

import io.weir.contract.avro.EnrichedEvent;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Turns rows of the lake into event records, as far as features and label need them. */
final class LakeEventRow {
  /** The columns that are read; the others stay empty. */
  static final List<String> COLUMNS =
      List.of(
          "event_id",
          "event_type",
          "event_time",
          "visitor_id",
          "is_bot",
          "url_path",
          "ad_id",
          "properties",
          "device",
          "browser",
          "os",
          "country",
          "referrer_class",
          "campaign_source",
          "campaign_medium",
          "campaign_name");

  /** Equal texts of rows are one object: a lake has few devices and countries, and many events. */
  private final Map<String, String> texts = new HashMap<>();

  EnrichedEvent event(Record row) {
    // No builder: its defaults ask Avro for classes, which it refuses in a process without topics.
    var event = new EnrichedEvent();
    for (String column : COLUMNS) {
      Object value = plain(column, row.getField(column));
      if (value != null) {
        event.put(EnrichedEvent.getClassSchema().getField(column).pos(), value);
      }
    }
    return event;
  }

  private @Nullable Object plain(String column, @Nullable Object value) {
    return switch (value) {
      case OffsetDateTime time -> time.toInstant().toEpochMilli();
      case String text when !column.equals("event_id") -> texts.computeIfAbsent(text, same -> same);
      case null, default -> value;
    };
  }
}
