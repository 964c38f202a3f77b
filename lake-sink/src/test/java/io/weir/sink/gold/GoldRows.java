package io.weir.sink.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.sink.Lake;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Rows of views as text: how a value is written, and how a view is compared with its rows. */
final class GoldRows {
  private GoldRows() {}

  static String known(@Nullable String value) {
    return value == null ? "" : value;
  }

  static String sum(List<Session> sessions, ToLongFunction<Session> value) {
    return Long.toString(sessions.stream().mapToLong(value).sum());
  }

  static long count(List<Session> sessions, Predicate<Session> condition) {
    return sessions.stream().filter(condition).count();
  }

  static String rate(long part, long whole) {
    return whole == 0
        ? "null"
        : BigDecimal.valueOf(part)
            .divide(BigDecimal.valueOf(whole), 6, RoundingMode.HALF_UP)
            .toPlainString();
  }

  static String meanSeconds(List<Session> sessions) {
    return new BigDecimal(sum(sessions, Session::getDurationMs))
        .divide(BigDecimal.valueOf(1000L * sessions.size()), 3, RoundingMode.HALF_UP)
        .toPlainString();
  }

  static String revenue(List<Session> sessions) {
    var sums = new TreeMap<String, BigDecimal>();
    for (Session each : sessions) {
      each.getRevenueE4()
          .forEach(
              (currency, e4) -> sums.merge(currency, BigDecimal.valueOf(e4, 4), BigDecimal::add));
    }
    var text = new ArrayList<String>();
    sums.forEach((currency, amount) ->
        text.add(currency + "=" + amount.setScale(4, RoundingMode.UNNECESSARY)));
    return String.join(",", text);
  }

  /** SQL for revenue by currency as text. */
  static String money(String column) {
    return """
    (SELECT coalesce(string_agg(key || '=' || value::numeric(38, 4), ',' ORDER BY key
      COLLATE "C"), '') FROM jsonb_each_text(%s))\
    """
        .formatted(column);
  }

  static void check(Lake lake, String view, String columns, Set<String> expected)
      throws SQLException {
    var actual = new ArrayList<String>();
    String sql = "SELECT " + columns + " FROM gold." + view;
    try (var connection = lake.postgres().connect();
        var rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getObject(i)));
        }
        actual.add(String.join("|", row));
      }
    }
    assertThat(new HashSet<>(actual)).as(view + " has no row twice").hasSameSizeAs(actual);
    assertThat(expected).as(view).isNotEmpty();
    assertThat(new TreeSet<>(actual)).as(view).isEqualTo(expected);
  }
}
