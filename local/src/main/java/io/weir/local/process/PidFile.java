package io.weir.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Remembers which process was started. A number alone may belong to another program by now, so the
 * file also keeps a mark that the process carries on its command line.
 */
public record PidFile(Path path) {

  public void write(long pid, String mark) {
    write(pid, mark, 0);
  }

  /** Writes the same for a process that was started again this many times. */
  public void write(long pid, String mark, int restarts) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.writeString(path, pid + "\n" + mark + "\n" + restarts + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The recorded process, if it still runs and is the one that was recorded. */
  public Optional<ProcessHandle> running() {
    try {
      List<String> lines = lines();
      return lines.size() < 2
          ? Optional.empty()
          : running(Long.parseLong(lines.get(0)), lines.get(1));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The number of restarts of the recorded process; 0 without a record. */
  public int restarts() {
    List<String> lines = lines();
    try {
      return lines.size() < 3 ? 0 : Integer.parseInt(lines.get(2));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(path);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<ProcessHandle> running(long pid, String mark) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> ProcessCommand.of(pid).contains(mark));
  }

  public void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
