package io.weir.tools.rebuild;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * What a switch takes from gold for good, because it is in no rebuild.
 *
 * @param erased the sums of erased persons, whose days are those of another zone
 * @param days the days before the first rebuilt one
 * @param cells the cells of those days
 */
record SwitchLoss(long erased, long days, long cells) {
  static SwitchLoss of(Connection connection, RebuildName name) throws SQLException {
    boolean hasSameDays = hasSameDays(connection, name);
    String sql =
        """
        WITH live AS (
          SELECT bucket_start FROM gold.cell_versions
          WHERE grain = 'day' AND subject NOT IN ('progress', 'quality')
            AND bucket_start + interval '%s' <= coalesce((
              SELECT min(bucket_start) FROM %s.cell_versions
              WHERE grain = 'day' AND subject NOT IN ('progress', 'quality')), 'infinity'))
        SELECT (SELECT count(*) FROM gold.erased WHERE %s), count(DISTINCT bucket_start), count(*) FROM live
        """
            // In another zone the day with the first event begins up to a day earlier.
            .formatted(hasSameDays ? "1 second" : "24 hours", name.schema(), !hasSameDays);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return new SwitchLoss(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  /** Whether the days of the rebuilt cells are those of gold. */
  static boolean hasSameDays(Connection connection, RebuildName name) throws SQLException {
    var comparison = new CellComparison(connection, name);
    return Objects.equals(comparison.live().zone(), comparison.rebuilt().zone());
  }

  boolean isNone() {
    return erased == 0 && cells == 0;
  }

  void print(PrintWriter out) {
    if (cells > 0) {
      out.println(
          "only gold has "
              + days
              + " days before the first rebuilt one, with "
              + cells
              + " cells; a switch removes them");
    }
    if (erased > 0) {
      out.println(
          "gold.erased has "
              + erased
              + " sums of erased persons by the days of the former zone; a switch removes them");
    }
    if (!isNone()) {
      out.println("a switch to this rebuild needs --accept-differences");
    }
    out.flush();
  }
}
