package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Grain;
import io.weir.lake.gold.Postgres;
import io.weir.process.StartupException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gold's figures in PostgreSQL, summed over the partitions, as of one moment. */
final class GoldSums implements AutoCloseable {
  private static final int FETCHED = 5_000;
  private static final int ANSWER_TIMEOUT_MS = 600_000;

  /** The parameters of a range: subject, grain, start and end. */
  private static final int RANGE = 4;

  /** The SQL states of a missing table, a missing schema and a missing column. */
  private static final Set<String> MISSING = Set.of("42P01", "3F000", "42703");

  private final Connection connection;
  private final String cells = SqlFile.read("cells.sql");
  private final String folded = SqlFile.read("folded.sql");
  private final String erased = SqlFile.read("erased.sql");

  private GoldSums(Connection connection) {
    this.connection = connection;
  }

  /** Connects to PostgreSQL, which may work on one question for ten minutes. */
  static GoldSums connect(Postgres postgres) throws SQLException {
    Connection connection = open(postgres);
    connection.setNetworkTimeout(Runnable::run, ANSWER_TIMEOUT_MS);
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return new GoldSums(connection);
  }

  private static Connection open(Postgres postgres) {
    try {
      return postgres.connect();
    } catch (SQLException e) {
      throw new StartupException(
          "PostgreSQL at "
              + postgres.place()
              + " does not answer ("
              + e.getMessage()
              + "); start it, or change WEIR_POSTGRES_URL",
          e);
    }
  }

  /** Begins to read gold as it is now, and returns PostgreSQL's time. */
  Instant refresh() throws SQLException {
    connection.rollback();
    try (Statement statement = connection.createStatement();
        ResultSet now = statement.executeQuery("SELECT now()")) {
      now.next();
      return now.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  /** The latest time up to which a partition has settled; the days must be those of the zone. */
  Optional<Instant> settled(ZoneId zone) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SqlFile.read("progress.sql"))) {
      Optional<Instant> latest = Optional.empty();
      while (rows.next()) {
        checkZone(rows.getString(1), zone);
        latest = Optional.of(rows.getObject(2, OffsetDateTime.class).toInstant());
      }
      statement.execute("SELECT visitors FROM gold.erased, gold.kept LIMIT 0");
      return latest;
    } catch (SQLException e) {
      if (MISSING.contains(String.valueOf(e.getSQLState()))) {
        throw new StartupException(
            "PostgreSQL has no gold.cells or gold.erased yet; start lake-sink of this version once",
            e);
      }
      throw e;
    }
  }

  /** The time before which PostgreSQL has dropped buckets of 15 minutes. */
  Instant quartersFrom() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT quarters_from FROM gold.kept")) {
      return rows.next() ? rows.getObject(1, OffsetDateTime.class).toInstant() : Instant.MIN;
    }
  }

  private static void checkZone(String ofGold, ZoneId zone) {
    if (!ofGold.equals(zone.getId())) {
      throw new StartupException(
          "the days of gold are those of "
              + ofGold
              + ", but WEIR_SITE_TIME_ZONE is "
              + zone
              + " here; set it as for stream-app");
    }
  }

  List<FoldedPlace> folded(CellGroup group, BucketRange range) throws SQLException {
    try (PreparedStatement statement = prepare(folded, group, range);
        ResultSet rows = statement.executeQuery()) {
      var places = new ArrayList<FoldedPlace>();
      while (rows.next()) {
        places.add(new FoldedPlace(rows.getString(1), rows.getLong(2), rows.getBoolean(3)));
      }
      return places;
    }
  }

  SortedCells cells(CellGroup group, BucketRange range) throws SQLException {
    return new CellRows(group, prepare(cells, group, range).executeQuery());
  }

  /** The sums of what was erased from silver, which gold still has. */
  SortedCells erased(CellGroup group, BucketRange range) throws SQLException {
    return new CellRows(group, prepare(erased, group, range).executeQuery());
  }

  /** Whether there are carts of visitors to compare. */
  boolean hasVisitorCarts() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT to_regclass('gold.cart_abandonment') IS NOT NULL")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** The time before which PostgreSQL has dropped rows of sessions. */
  Instant sessionsFrom() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT sessions_from FROM gold.kept")) {
      return rows.next() ? rows.getObject(1, OffsetDateTime.class).toInstant() : Instant.MIN;
    }
  }

  /** The carts of visitors that count on days of a range. */
  SortedCells visitorCarts(BucketRange days, ZoneId zone) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(SqlFile.read("cart_abandonment.sql"));
    statement.setLong(1, LocalDate.ofInstant(days.from(), zone).toEpochDay());
    statement.setLong(2, LocalDate.ofInstant(days.to(), zone).toEpochDay());
    return new CellRows(
        VisitorCarts.GROUP, statement.executeQuery(), new SiteBuckets(Grain.DAY, zone)::ofDay);
  }

  private PreparedStatement prepare(String sql, CellGroup group, BucketRange range)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(FETCHED);
    int parameters = statement.getParameterMetaData().getParameterCount();
    for (int i = 0; i < parameters; i += RANGE) {
      statement.setString(i + 1, group.subject().code());
      statement.setString(i + 2, group.grain().code());
      statement.setObject(i + RANGE - 1, OffsetDateTime.ofInstant(range.from(), ZoneOffset.UTC));
      statement.setObject(i + RANGE, OffsetDateTime.ofInstant(range.to(), ZoneOffset.UTC));
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
