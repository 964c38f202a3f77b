package io.weir.sink;

import io.weir.testkit.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL that can stop and start again at the same address, or freeze: then it does not
 * answer.
 */
final class StoppablePostgres implements AutoCloseable {
  private final Path folder;
  private final int port = FreePort.next();
  private EmbeddedPostgres server;

  StoppablePostgres(Path folder) {
    this.folder = folder;
    this.server = launch();
  }

  private EmbeddedPostgres launch() {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(folder)
          .setCleanDataDirectory(false)
          .setPort(port)
          .setServerConfig("fsync", "off")
          .setServerConfig("unix_socket_directories", "")
          .setServerConfig("dynamic_shared_memory_type", "mmap")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    server = launch();
  }

  void freeze() {
    signal("-STOP");
  }

  void thaw() {
    signal("-CONT");
  }

  /** Sends a signal to the server and to the child processes of its connections. */
  private void signal(String name) {
    try {
      String pid = Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip();
      var command = new ArrayList<String>(List.of("kill", name, pid));
      ProcessHandle.of(Long.parseLong(pid))
          .orElseThrow()
          .children()
          .forEach(child -> command.add(Long.toString(child.pid())));
      new ProcessBuilder(command).inheritIO().start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
