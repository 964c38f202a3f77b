package io.weir.stream.query.reports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways to break reports down, by the names that callers write. */
final class ReportWays {
  private ReportWays() {}

  /** Pairs of a name and the SQL for it; the first one is meant where none is named. */
  static Map<String, String> ordered(String... pairs) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** The sums that a revision of a session changes. */
  static Map<String, String> restated() {
    var map = new LinkedHashMap<String, String>();
    for (String column :
        List.of(
            "sessions",
            "converted_sessions",
            "bounced_sessions",
            "cart_sessions",
            "checkout_sessions",
            "abandoned_sessions",
            "duration_ms",
            "events",
            "page_views",
            "product_views",
            "add_to_carts",
            "purchases",
            "revenue",
            "refunded")) {
      map.put(column, column);
    }
    return map;
  }
}
