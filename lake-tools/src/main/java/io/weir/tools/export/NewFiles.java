package io.weir.tools.export;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * New files that get their names only when all of them are complete. Files that are not published
 * are removed.
 */
final class NewFiles implements AutoCloseable {
  private final boolean mayReplace;
  private final String mark = ".weir-" + UUID.randomUUID();
  private final Map<Path, Path> open = new LinkedHashMap<>();

  NewFiles(boolean mayReplace) {
    this.mayReplace = mayReplace;
  }

  /** Adds a file, and returns the temporary path to write it to. */
  Path add(Path file) {
    if (Files.isDirectory(file)) {
      throw new StartupException("--out " + file + " is a folder, not a file");
    }
    if (Files.exists(file) && !mayReplace) {
      throw new StartupException(
          file + " already exists; name another place, or add --force to replace it");
    }
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder == null ? Path.of("/") : folder);
    } catch (IOException e) {
      throw new StartupException("--out " + folder + " cannot be made: " + e, e);
    }
    Path temporary = file.resolveSibling(mark + "-" + file.getFileName());
    open.put(file, temporary);
    return temporary;
  }

  /** Gives each file its name. A file with the same content stays untouched. */
  void publish() throws IOException {
    for (Map.Entry<Path, Path> each : open.entrySet()) {
      if (isThere(each.getKey(), each.getValue())) {
        Files.delete(each.getValue());
      } else {
        Files.move(
            each.getValue(),
            each.getKey(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    open.clear();
  }

  private static boolean isThere(Path file, Path temporary) throws IOException {
    return Files.exists(file) && Files.mismatch(file, temporary) < 0;
  }

  @Override
  public void close() throws IOException {
    for (Path temporary : open.values()) {
      Files.deleteIfExists(temporary);
      Files.deleteIfExists(temporary.resolveSibling(temporary.getFileName() + ".wal"));
    }
  }
}
