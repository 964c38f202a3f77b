package io.weir.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.contract.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the list of inputs: whole documents, or a valid event with one field changed. */
final class PoisonList {
  /** The event time of a valid event. */
  final String time;

  private final Instant appended;
  private final List<Poison> all = new ArrayList<>();

  PoisonList(Instant appended) {
    this.appended = appended;
    this.time = at(Duration.ofMinutes(-1));
  }

  List<Poison> all() {
    return all;
  }

  String at(Duration fromAppended) {
    return "\"" + appended.plus(fromAppended) + "\"";
  }

  void add(String name, byte @Nullable [] value, @Nullable RejectReason reason) {
    all.add(new Poison(name, value, reason));
  }

  void add(String name, String json, @Nullable RejectReason reason) {
    add(name, json.getBytes(UTF_8), reason);
  }

  private Map<String, String> fields(int number) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("event_id", "\"poison-event-" + number + "\"");
    fields.put("event_type", "\"page_view\"");
    fields.put("event_time", time);
    fields.put("anonymous_id", "\"poison-" + number + "\"");
    return fields;
  }

  /** Adds a valid event in which one field has the given value. */
  void with(String field, String value, @Nullable RejectReason reason) {
    Map<String, String> fields = fields(all.size());
    fields.put(field, value);
    var json = new StringBuilder("{");
    fields.forEach((name, text) ->
        json.append(json.length() > 1 ? "," : "")
            .append('"')
            .append(name)
            .append("\":")
            .append(text));
    String shown = value.length() > 40 ? value.substring(0, 40) + "…" + value.length() : value;
    add(field + " = " + shown.replace("\u0000", "NUL"), json.append('}').toString(), reason);
  }
}
