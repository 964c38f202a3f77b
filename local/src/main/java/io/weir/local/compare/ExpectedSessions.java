package io.weir.local.compare;

import io.weir.local.compare.CsvTable.MalformedTableException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The expected sessions: a table with the columns {@code user_id}, {@code events}, a start and an
 * end ({@code start_ms} or {@code start_time}, {@code end_ms} or {@code end_time}), and any columns
 * of {@link #KNOWN}, which are then compared too.
 */
public record ExpectedSessions(List<SessionRow> rows, Set<String> compared, Set<String> ignored) {
  /**
   * The columns that can be compared, beside visitor, start and end. A count of distinct URLs is
   * not among them: a session counts pages, which are URLs without scheme and query.
   */
  public static final Set<String> KNOWN =
      Set.of(
          "events",
          "duration_ms",
          "page_views",
          "product_views",
          "searches",
          "add_to_cart",
          "remove_from_cart",
          "checkouts",
          "purchases",
          "ad_impressions",
          "ad_clicks",
          "distinct_products",
          "revenue",
          "converted",
          "cart_abandoned",
          "engaged_ms",
          "engaged",
          "single_view_bounce",
          "funnel_step",
          "matched_clicks");

  private static final Set<String> IDENTIFYING =
      Set.of("user_id", "session_seq", "start_ms", "start_time", "end_ms", "end_time");

  public ExpectedSessions {
    rows = List.copyOf(rows);
    compared = Set.copyOf(compared);
    ignored = Set.copyOf(ignored);
  }

  public static ExpectedSessions from(CsvTable table) {
    if (!table.has("events")) {
      throw new MalformedTableException("there is no column events");
    }
    var compared = new TreeSet<String>();
    var ignored = new TreeSet<String>();
    for (String column : table.columns().keySet()) {
      if (KNOWN.contains(column)) {
        compared.add(column);
      } else if (!IDENTIFYING.contains(column)) {
        ignored.add(column);
      }
    }
    var rows = new ArrayList<SessionRow>();
    for (List<String> row : table.rows()) {
      rows.add(session(table, row, compared));
    }
    return new ExpectedSessions(rows, compared, ignored);
  }

  private static SessionRow session(CsvTable table, List<String> row, Set<String> compared) {
    Map<String, String> values = new HashMap<>();
    for (String column : compared) {
      values.put(column, table.value(row, column));
    }
    return new SessionRow(
        table.value(row, "user_id"),
        millis(table, row, "start"),
        millis(table, row, "end"),
        values);
  }

  private static long millis(CsvTable table, List<String> row, String what) {
    String column = what + (table.has(what + "_ms") ? "_ms" : "_time");
    String text = table.value(row, column);
    try {
      return column.endsWith("_ms") ? Long.parseLong(text) : Instant.parse(text).toEpochMilli();
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new MalformedTableException(column + "=" + text + " is not a time");
    }
  }
}
