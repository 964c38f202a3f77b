package io.weir.local.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the class archive of one class path lies. {@code KEY} is a file that names the folder of
 * the archive in use; it is replaced as a whole, so a command sees an old archive or a new one. The
 * script {@code weir} reads the file and decides whether the archive is as new as the classes.
 *
 * @param pointer the file {@code KEY}
 */
public record ClassArchive(Path pointer) {
  /** Set by the script when a command runs without an archive: where one belongs. */
  private static final String WANTED = "weir.archive";

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(10);

  public ClassArchive {
    pointer = pointer.toAbsolutePath().normalize();
  }

  /** The archive that this process would have liked to use; empty when it uses one. */
  public static Optional<ClassArchive> wanted() {
    String pointer = System.getProperty(WANTED, "");
    return pointer.isEmpty() ? Optional.empty() : Optional.of(new ClassArchive(Path.of(pointer)));
  }

  Path folder() {
    return pointer.resolveSibling("").normalize();
  }

  Path lockFile() {
    return pointer.resolveSibling(pointer.getFileName() + ".lock");
  }

  /** Present when the last attempt failed; its time is that of the attempt. */
  Path failure() {
    return pointer.resolveSibling(pointer.getFileName() + ".failed");
  }

  /** Whether an attempt makes sense now: the folder can be written and none failed lately. */
  boolean isWorthMaking() {
    try {
      Files.createDirectories(folder());
      return Files.isWritable(folder())
          && (!Files.exists(failure())
              || Files.getLastModifiedTime(failure())
                  .toInstant()
                  .isBefore(Instant.now().minus(PAUSE_AFTER_FAILURE)));
    } catch (IOException e) {
      return false; // A read-only cache: commands run without an archive.
    }
  }
}
