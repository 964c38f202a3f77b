package io.weir.sink.gold;

import io.weir.lake.gold.GoldTable;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.gold.Postgres;
import io.weir.process.StartupException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schemas {@code gold} and {@code bi} to this version by migrations. */
public final class GoldProvisioner {
  private static final Logger LOG = LoggerFactory.getLogger(GoldProvisioner.class);
  private static final String SCHEMA = "gold";

  private GoldProvisioner() {}

  /** Migrates the database. The caller holds the lock against other instances by a connection. */
  public static void ensure(Connection connection, Postgres postgres, FormerPositions former)
      throws SQLException {
    if (isWithoutPositions(connection)) {
      addPositions(connection, former);
    }
    migrate(postgres);
    WeirReader.ensure(connection);
    warnOfUnknownTimeZone(connection);
  }

  /** Without its time zone PostgreSQL cannot tell days, which are null in the views then. */
  private static void warnOfUnknownTimeZone(Connection connection) throws SQLException {
    String sql =
        """
        SELECT max(value) FROM gold.cell_versions
        WHERE subject = 'progress' AND (SELECT time_zone IS NULL FROM gold.progress)
        """;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (rows.next() && rows.getString(1) != null) {
        LOG.warn(
            "PostgreSQL does not know the time zone {} of WEIR_SITE_TIME_ZONE, so the views of gold"
                + " have no days; update its time zones, or set another name of the zone and"
                + " rebuild gold",
            rows.getString(1));
      }
    }
  }

  /**
   * Runs the migrations that the database has not seen. The first one adds what is missing, so a
   * database that an earlier version made without migrations begins at number 0.
   */
  private static void migrate(Postgres postgres) {
    try {
      Flyway.configure()
          .dataSource(postgres.url(), postgres.user(), postgres.password())
          .defaultSchema(SCHEMA)
          .table("schema_history")
          .locations("classpath:db/gold")
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StartupException(
          "the tables of gold cannot be brought to this version: " + oneLine(e), e);
    }
  }

  private static String oneLine(FlywayException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("---"))
        .collect(Collectors.joining(" "));
  }

  private static boolean isWithoutPositions(Connection connection) throws SQLException {
    return exists(connection, "gold." + GoldTables.SESSION_METRICS.table())
        && !exists(connection, "gold.positions");
  }

  /** Adds the positions to a database of a version that kept them in Kafka. */
  private static void addPositions(Connection connection, FormerPositions former)
      throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(GoldPositions.DEFINITION);
    }
    for (GoldTable<?> table : GoldTables.ALL) {
      if (exists(connection, "gold." + table.table())) {
        var positions = new GoldPositions(table.view());
        for (Map.Entry<Integer, Long> each : former.of(table.view()).entrySet()) {
          positions.add(connection, "", each.getKey(), each.getValue());
        }
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }
}
