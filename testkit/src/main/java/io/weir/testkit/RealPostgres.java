package io.weir.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A PostgreSQL server in a process of its own, with a database {@code postgres}, on a free port.
 */
public final class RealPostgres implements AutoCloseable {
  private final EmbeddedPostgres server;

  private RealPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  public static RealPostgres start(Path folder) {
    try {
      return new RealPostgres(builder(folder, FreePort.next()).setCleanDataDirectory(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the settings of every PostgreSQL server of the tests. */
  static EmbeddedPostgres.Builder builder(Path folder, int port) {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder)
        .setPort(port)
        .setServerConfig("fsync", "off")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("dynamic_shared_memory_type", "mmap");
  }

  /** The JDBC address; user {@code postgres}, password {@code postgres}. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
