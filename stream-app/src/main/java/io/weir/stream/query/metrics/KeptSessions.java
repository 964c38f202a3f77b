package io.weir.stream.query.metrics;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Rows of sessions that retention has left in gold. */
public final class KeptSessions {
  private KeptSessions() {}

  /**
   * Checks that no row of a range is removed.
   *
   * @throws RefusedQuery if the range begins before the rows that are kept
   */
  public static void check(Connection connection, Instant from) throws SQLException {
    String sql = "SELECT nullif(sessions_from, '-infinity') FROM gold.kept";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      check(row.next() ? row.getObject(1, OffsetDateTime.class) : null, from);
    }
  }

  static void check(@Nullable OffsetDateTime kept, Instant from) {
    if (kept != null && from.isBefore(kept.toInstant())) {
      throw new RefusedQuery(
          "sessions are kept from %s on, and this range begins at %s; a later from is right"
              .formatted(kept.toInstant(), from));
    }
  }
}
