package io.weir.stream.query.reports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps of a funnel that a caller chooses: conditions on the row of a session. */
final class ChosenSteps {
  static final String USUAL = "product_view,add_to_cart,checkout,purchase";

  private static final int MOST = 6;

  /** What a session must have done, by the name of the step. */
  static final Map<String, String> CONDITIONS = conditions();

  private ChosenSteps() {}

  private static Map<String, String> conditions() {
    var map = new LinkedHashMap<String, String>();
    map.put("page_view", "page_views > 0");
    map.put("two_pages", "page_views >= 2");
    map.put("engaged", "coalesce(is_engaged, false)");
    map.put("search", "searches > 0");
    map.put("ad_click", "ad_clicks > 0");
    map.put("product_view", "product_views > 0");
    map.put("add_to_cart", "add_to_carts > 0");
    map.put("remove_from_cart", "remove_from_carts > 0");
    map.put("identify", "identifies > 0");
    map.put("checkout", "checkouts > 0");
    map.put("purchase", "purchases > 0");
    return map;
  }

  /** Whether the text is one to six steps, each once, with commas between them. */
  static boolean areSteps(String text) {
    List<String> steps = List.of(text.split(",", -1));
    return steps.size() <= MOST
        && CONDITIONS.keySet().containsAll(steps)
        && steps.stream().distinct().count() == steps.size();
  }

  /** Writes the counts of the steps into a query: each step has the conditions of those before. */
  static String filledIn(String sql, String steps) {
    var counts = new StringBuilder("count(*) AS n0");
    var values = new StringBuilder("(0, 'session', n0)");
    String all = "";
    int number = 0;
    for (String step : steps.split(",", -1)) {
      all += (all.isEmpty() ? "" : " AND ") + CONDITIONS.get(step);
      number++;
      counts.append(",\n    count(*) FILTER (WHERE %s) AS n%d".formatted(all, number));
      values.append(", (%d, '%s', n%d)".formatted(number, step, number));
    }
    return sql.replace("{counts}", counts).replace("{steps}", values);
  }
}
