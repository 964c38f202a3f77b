package io.weir.local.server;

import io.weir.contract.StartupException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A PostgreSQL server with role and database {@code weir}, as a process: {@code DATA-FOLDER PORT}.
 * The folder stays when the process ends.
 */
public final class PostgresMain {
  private static final String NAME = "weir";

  private PostgresMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path data = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    try {
      run(data, port);
    } catch (StartupException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
    new CountDownLatch(1).await(); // until SIGTERM: the server stops in the library's shutdown hook
  }

  private static void run(Path data, int port) {
    try {
      Files.createDirectories(data);
      new Postmaster(data).endLeftOver(Duration.ofSeconds(20));
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setPort(port)
              .setLocaleConfig("locale", "C")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("unix_socket_directories", "")
              // The library's defaults are for tests that need not keep what they commit.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setPGStartupWait(Duration.ofSeconds(60))
              .start();
      provide(server);
      System.out.println("PostgreSQL listens on 127.0.0.1:" + port + ", data in " + data);
    } catch (IOException | SQLException | IllegalStateException e) {
      throw new StartupException(
          "PostgreSQL does not start with its data in " + data + ": " + e, e);
    }
  }

  private static void provide(EmbeddedPostgres server) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      if (isAbsent(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + NAME + "'")) {
        statement.execute("CREATE ROLE " + NAME + " LOGIN");
      }
      if (isAbsent(statement, "SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
        statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
      }
    }
  }

  private static boolean isAbsent(Statement statement, String query) throws SQLException {
    try (ResultSet found = statement.executeQuery(query)) {
      return !found.next();
    }
  }
}
