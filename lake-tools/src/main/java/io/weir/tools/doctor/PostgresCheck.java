package io.weir.tools.doctor;

import io.weir.lake.gold.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL: its clock, the migrations, the time zone of days, and how fresh the sums are. */
record PostgresCheck(Postgres postgres, ZoneId siteZone) implements Check {
  private static final Duration RESOLUTION = Duration.ofMillis(1);

  @Override
  public String part() {
    return "postgres";
  }

  @Override
  public List<Finding> look() throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      var seen = new ArrayList<Finding>();
      seen.add(clock(statement));
      if (text(statement, "SELECT to_regclass('gold.schema_history')").isEmpty()) {
        seen.add(
            Finding.fail(
                part(), "gold has no tables", "start lake-sink, or run its command prepare"));
        return seen;
      }
      seen.add(migrations(statement));
      seen.add(timeZone(statement));
      return seen;
    }
  }

  private Finding clock(Statement statement) throws SQLException {
    Instant before = Instant.now();
    String now = text(statement, "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint");
    Instant after = Instant.now();
    Instant there = Instant.ofEpochMilli(Long.parseLong(now));
    return Clocks.compare(part(), before, there, after, RESOLUTION);
  }

  private Finding migrations(Statement statement) throws SQLException {
    String failed =
        text(
            statement,
            "SELECT string_agg(script, ', ') FROM gold.schema_history WHERE NOT success");
    if (!failed.isEmpty()) {
      return Finding.fail(
          part(), "migrations have failed: " + failed, "lake-sink's log has PostgreSQL's reason");
    }
    String newest =
        "SELECT version FROM gold.schema_history WHERE version IS NOT NULL"
            + " ORDER BY installed_rank DESC LIMIT 1";
    String size = "SELECT pg_size_pretty(pg_database_size(current_database()))";
    return Finding.ok(
        part(),
        "tables of version %s, %s in all"
            .formatted(text(statement, newest), text(statement, size)));
  }

  private Finding timeZone(Statement statement) throws SQLException {
    String ofGold =
        text(
            statement,
            "SELECT max(value) FROM gold.cell_versions WHERE subject = 'progress'"
                + " AND value <> ''");
    if (ofGold.isEmpty()) {
      return Finding.warn(
          part(), "gold has no sums yet", "start stream-app; it sends the first ones");
    }
    if (text(statement, "SELECT time_zone FROM gold.progress").isEmpty()) {
      return Finding.fail(
          part(),
          "PostgreSQL does not know the time zone " + ofGold + ", so the views have no days",
          "update its time zones");
    }
    if (!ofGold.equals(siteZone.getId())) {
      return Finding.fail(
          part(),
          "the days of gold are those of %s, but this command's are of %s"
              .formatted(ofGold, siteZone),
          "set WEIR_SITE_TIME_ZONE=" + ofGold + " everywhere");
    }
    return Finding.ok(part(), "days begin in " + ofGold);
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      String value = rows.next() ? rows.getString(1) : null;
      return value == null ? "" : value;
    }
  }
}
