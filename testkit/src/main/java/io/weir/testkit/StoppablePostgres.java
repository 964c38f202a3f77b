package io.weir.testkit;

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
public final class StoppablePostgres implements AutoCloseable {
  private final Path folder;
  private final int port = FreePort.next();
  private EmbeddedPostgres server;

  public StoppablePostgres(Path folder) {
    this.folder = folder;
    this.server = launch();
  }

  private EmbeddedPostgres launch() {
    try {
      return RealPostgres.builder(folder, port).setCleanDataDirectory(false).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JDBC address; user {@code postgres}, password {@code postgres}. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  public void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void start() {
    server = launch();
  }

  /** Stops the server's processes from running, as a machine does that swaps. */
  public void freeze() {
    signal("-STOP");
  }

  /** Lets the server's processes run on. */
  public void thaw() {
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
