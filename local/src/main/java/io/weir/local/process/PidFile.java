package io.weir.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Remembers which process was started. A number alone may belong to another program by now, so the
 * file also keeps a mark that the process carries on its command line.
 */
public record PidFile(Path path) {

  public void write(long pid, String mark) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.writeString(path, pid + "\n" + mark + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The recorded process, if it runs and is still the one that was recorded. */
  public Optional<ProcessHandle> running() {
    try {
      String[] lines = Files.readString(path).split("\n", -1);
      return lines.length < 2 ? Optional.empty() : running(Long.parseLong(lines[0]), lines[1]);
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
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
