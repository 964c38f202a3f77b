package io.weir.local.server;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The PostgreSQL server that a killed process may have left behind. {@code postmaster.pid} in the
 * data folder names it, its data folder and the second of its start. A running server is ended. A
 * stale file is removed: its number may meanwhile belong to another program, and PostgreSQL would
 * then refuse to start.
 */
public record Postmaster(Path data) {
  /** The server writes down its second a little after it began. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** Ends the server of this data folder, if it runs without its process. */
  public void endLeftOver(Duration patience) throws IOException {
    Optional<ProcessHandle> server = running();
    if (server.isPresent()) {
      end(server.get(), patience);
    }
    Files.deleteIfExists(pidFile());
  }

  /** The server that runs on this data folder. */
  public Optional<ProcessHandle> running() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile());
    if (lines.size() < 2 || !lines.getFirst().strip().chars().allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .filter(ProcessHandle::isAlive)
        .filter(Postmaster::isPostgres)
        .filter(_ -> isOfThisFolder(lines.get(1)))
        .filter(handle -> hasStartedAt(lines.size() > 2 ? lines.get(2) : "", handle));
  }

  private static boolean isPostgres(ProcessHandle handle) {
    return handle.info().command().map(command -> command.endsWith("postgres")).orElse(false);
  }

  private boolean isOfThisFolder(String folder) {
    try {
      return Files.isSameFile(Path.of(folder), data);
    } catch (IOException | InvalidPathException e) {
      return false; // the file was copied together with its folder
    }
  }

  /** Whether that is the second in which the process began, as far as the system tells it. */
  private static boolean hasStartedAt(String second, ProcessHandle handle) {
    Optional<Instant> start = handle.info().startInstant();
    if (start.isEmpty() || !second.strip().matches("\\d{1,12}")) {
      return true;
    }
    Duration between =
        Duration.between(Instant.ofEpochSecond(Long.parseLong(second.strip())), start.get());
    return between.abs().compareTo(TOLERANCE) <= 0;
  }

  private void end(ProcessHandle server, Duration patience) throws IOException {
    // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to disconnect.
    new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start();
    try {
      server.onExit().get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new StartupException(
          "PostgreSQL of an earlier run (pid " + server.pid() + ") does not stop: end it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted", e);
    }
  }

  private Path pidFile() {
    return data.resolve("postmaster.pid");
  }
}
