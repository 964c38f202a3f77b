package io.weir.stream.query.metrics;

import io.weir.testkit.RealPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** A PostgreSQL with gold as lake-sink creates it and the rows of a test, and its connections. */
public record GoldServer(RealPostgres postgres, SessionDatabase database) implements AutoCloseable {
  private static final String USER = "postgres";

  /** What a test puts into gold. */
  @FunctionalInterface
  public interface Rows {
    void insert(Connection connection) throws SQLException;
  }

  /**
   * Starts a server in a folder.
   *
   * @param settled nothing before this time changes any more
   * @param zone of the days of gold
   */
  public static GoldServer start(Path folder, Instant settled, String zone, Rows rows)
      throws SQLException {
    RealPostgres postgres = RealPostgres.start(folder);
    try (Connection connection = connect(postgres)) {
      SessionTable.create(connection);
      SessionTable.settle(connection, settled, zone);
      rows.insert(connection);
    }
    var address = new SessionDatabase.Address(postgres.url(), USER, USER);
    return new GoldServer(postgres, new SessionDatabase(address, Duration.ofSeconds(10)));
  }

  public Connection connect() throws SQLException {
    return connect(postgres);
  }

  private static Connection connect(RealPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.url(), USER, USER);
  }

  @Override
  public void close() {
    database.close();
    postgres.close();
  }
}
