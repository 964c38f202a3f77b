package io.weir.local.server;

import io.weir.process.StartupException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * A PostgreSQL server with role and database {@code weir}, as a process: {@code DATA-FOLDER PORT
 * CACHE-FOLDER}. The data folder stays when the process ends.
 */
public final class PostgresMain {
  private static final String NAME = "weir";

  private PostgresMain() {}

  public static void main(String[] arguments) {
    Path data = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    Path cache = Path.of(arguments[2]);
    try {
      run(data, port, cache);
    } catch (StartupException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
    awaitEnd(data);
    System.err.println("the PostgreSQL server has ended");
    System.exit(1);
  }

  /**
   * Waits until the server dies, or until SIGTERM, after which the library's shutdown hook stops
   * the server.
   */
  private static void awaitEnd(Path data) {
    try {
      Optional<ProcessHandle> server = new Postmaster(data).running();
      server.ifPresent(handle -> handle.onExit().join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(Path data, int port, Path cache) {
    try {
      Files.createDirectories(data);
      new Postmaster(data).endLeftOver(Duration.ofSeconds(20));
      EmbeddedPostgres server = start(data, port, PostgresPrograms.in(cache).provide());
      provide(server);
      System.out.println("PostgreSQL listens on 127.0.0.1:" + port + ", data in " + data);
    } catch (IOException | SQLException | IllegalStateException e) {
      throw new StartupException(
          "PostgreSQL does not start with its data in " + data + ": " + e, e);
    }
  }

  private static EmbeddedPostgres start(Path data, int port, UnpackedPrograms programs)
      throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPgBinaryResolver(programs)
            .setOverrideWorkingDirectory(programs.parent().toFile())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setLocaleConfig("locale", "C")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            // Shared memory in files of the data folder: a killed server leaves nothing in
            // /dev/shm.
            .setServerConfig("dynamic_shared_memory_type", "mmap")
            // The library's defaults are for tests that need not keep committed data.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setPGStartupWait(Duration.ofSeconds(60));
    try {
      return builder.start();
    } finally {
      programs.closeToOthers();
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
