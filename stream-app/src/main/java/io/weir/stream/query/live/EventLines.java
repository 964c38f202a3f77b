package io.weir.stream.query.live;

import java.util.function.BiConsumer;

/** Puts server-sent events together from their lines. Comments, ids and retry times are skipped. */
final class EventLines {
  private final BiConsumer<String, String> events;
  private final StringBuilder data = new StringBuilder();
  private String name = "";

  /**
   * @param events takes name and data
   */
  EventLines(BiConsumer<String, String> events) {
    this.events = events;
  }

  void line(String line) {
    if (line.isEmpty()) {
      end();
    } else if (line.startsWith("event:")) {
      name = value(line, "event:");
    } else if (line.startsWith("data:")) {
      data.append(data.isEmpty() ? "" : "\n").append(value(line, "data:"));
    }
  }

  private void end() {
    if (!data.isEmpty()) {
      events.accept(name, data.toString());
    }
    data.setLength(0);
    name = "";
  }

  private static String value(String line, String field) {
    String value = line.substring(field.length());
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
