package io.weir.tools.reconcile;

import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import io.weir.tools.sql.LakeSql;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.data.Record;
import org.duckdb.DuckDBAppender;

/**
 * Silver as if it had only the visitors of whom a removal takes rows: before and after the removal.
 */
final class SilverPart {
  private static final String SESSION_KEY = "session_key";
  private static final String POSITION = "raw_partition || '/' || raw_offset";

  /** Columns of events that no sum needs and that may be long. */
  private static final String LONG = "properties, extras, user_agent, referrer, page_title";

  private final LakeSql lake;
  private final TableSpec spec;

  private SilverPart(LakeSql lake, TableSpec spec) {
    this.lake = lake;
    this.spec = spec;
  }

  /** The key of a row: that of a session, or where the raw record of an event lies. */
  static String keyOf(Record row) {
    return row.struct().field(SESSION_KEY) == null
        ? row.getField("raw_partition") + "/" + row.getField("raw_offset")
        : String.valueOf(row.getField(SESSION_KEY));
  }

  /** Copies what silver has of the visitors. The other table is as it is now. */
  static SilverPart of(LakeSql lake, TableSpec spec, Snapshot snapshot, Collection<String> rows)
      throws SQLException {
    var part = new SilverPart(lake, spec);
    lake.define(spec.identifier(), snapshot);
    part.execute("CREATE TABLE main.gone (row_key VARCHAR)");
    try (DuckDBAppender appender = lake.connection().createAppender("main", "gone")) {
      for (String row : rows) {
        appender.beginRow();
        appender.append(row);
        appender.endRow();
      }
    }
    part.execute(
        "CREATE TABLE main.persons AS SELECT DISTINCT visitor_id FROM "
            + spec.fullName()
            + " WHERE "
            + part.isGone());
    part.execute(
        "CREATE TABLE main.sessions_of AS FROM silver.sessions"
            + " SEMI JOIN main.persons USING (visitor_id)");
    part.execute(
        "CREATE TABLE main.events_of AS SELECT * EXCLUDE ("
            + LONG
            + ") FROM silver.events SEMI JOIN main.persons USING (visitor_id)");
    return part;
  }

  private String isGone() {
    String key = spec.equals(LakeTables.SESSIONS) ? SESSION_KEY : POSITION;
    return "(" + key + ") IN (SELECT row_key FROM main.gone)";
  }

  void showBefore() throws SQLException {
    show("");
  }

  void showAfter() throws SQLException {
    show(" WHERE NOT " + isGone());
  }

  private void show(String condition) throws SQLException {
    boolean isOfSessions = spec.equals(LakeTables.SESSIONS);
    execute(
        "CREATE OR REPLACE VIEW silver.sessions AS FROM main.sessions_of"
            + (isOfSessions ? condition : ""));
    execute(
        "CREATE OR REPLACE VIEW silver.events AS FROM main.events_of"
            + (isOfSessions ? "" : condition));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = lake.connection().createStatement()) {
      statement.execute(sql);
    }
  }
}
