package io.weir.stream.query.metrics;

import java.util.ArrayList;
import java.util.HashMap;

/** Requests for tests. */
final class Requests {
  private Requests() {}

  /** A request with parameters such as {@code grain=day;by=country}. */
  static MetricRequest of(String parameters) {
    var given = new HashMap<String, String>();
    var filters = new ArrayList<String>();
    for (String each : parameters.split(";", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        String name = each.substring(0, equals);
        String value = each.substring(equals + 1);
        if (name.equals("filter")) {
          filters.add(value);
        } else {
          given.put(name, value);
        }
      }
    }
    return new MetricRequest(
        given.get("from"),
        given.get("to"),
        given.get("grain"),
        given.get("zone"),
        given.get("by"),
        filters,
        given.get("bots"),
        given.get("compare"),
        given.get("top"));
  }
}
