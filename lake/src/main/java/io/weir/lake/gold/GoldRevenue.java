package io.weir.lake.gold;

import java.math.BigDecimal;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Revenue by currency, in ten-thousandths, as gold shows it. */
final class GoldRevenue {
  private static final int SCALE = 4;

  private GoldRevenue() {}

  /** The currency with the most revenue, the first by name among equals; null without revenue. */
  static @Nullable String mainCurrency(Map<String, Long> byCurrency) {
    String main = null;
    long most = Long.MIN_VALUE;
    for (Map.Entry<String, Long> entry : new TreeMap<>(byCurrency).entrySet()) {
      if (entry.getValue() > most) {
        main = entry.getKey();
        most = entry.getValue();
      }
    }
    return main;
  }

  static BigDecimal inMainCurrency(Map<String, Long> byCurrency) {
    String main = mainCurrency(byCurrency);
    return main == null ? BigDecimal.ZERO : amount(byCurrency.getOrDefault(main, 0L));
  }

  static BigDecimal amount(long e4) {
    return BigDecimal.valueOf(e4, SCALE);
  }

  /** The amounts as a JSON object, e.g. {@code {"EUR":12.5000}}. */
  static String json(Map<String, Long> byCurrency) {
    var json = new StringBuilder("{");
    new TreeMap<>(byCurrency)
        .forEach((currency, e4) ->
            json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(escaped(currency))
                .append("\":")
                .append(amount(e4).toPlainString()));
    return json.append('}').toString();
  }

  /** Exact amounts as a JSON object. Currencies that PostgreSQL stores as one text are added up. */
  static String exactJson(Map<String, String> byCurrency) {
    if (byCurrency.isEmpty()) {
      return "{}";
    }
    var sums = new TreeMap<String, BigDecimal>();
    byCurrency.forEach((currency, amount) ->
        sums.merge(escaped(currency), new BigDecimal(amount), BigDecimal::add));
    var json = new StringJoiner(",", "{", "}");
    sums.forEach((currency, sum) -> json.add('"' + currency + "\":" + sum.toPlainString()));
    return json.toString();
  }

  /** The currency of amounts that have only one, as {@link #exactJson} writes it; else null. */
  static @Nullable String onlyCurrency(Map<String, String> byCurrency) {
    return byCurrency.size() == 1 ? stored(byCurrency.keySet().iterator().next()) : null;
  }

  static @Nullable BigDecimal onlyAmount(Map<String, String> byCurrency) {
    return byCurrency.size() == 1 ? new BigDecimal(byCurrency.values().iterator().next()) : null;
  }

  static String escaped(String text) {
    return stored(text).replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** The text without control characters, of which PostgreSQL's JSON cannot store NUL. */
  private static String stored(String text) {
    var stored = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      stored.append(text.charAt(i) < ' ' ? '\uFFFD' : text.charAt(i));
    }
    return stored.toString();
  }
}
