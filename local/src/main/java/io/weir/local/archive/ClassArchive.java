package io.weir.local.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The place of the class archive of one class path. {@code KEY} is a file that names the folder of
 * the archive in use. It is replaced as a whole, so a command sees an old archive or a new one. The
 * script {@code weir} reads the file and decides whether the archive is as new as the classes.
 *
 * @param pointer the file {@code KEY}
 */
public record ClassArchive(Path pointer) {
  /**
   * The property in which the script names the place of the archive, if a command runs without one.
   */
  private static final String WANTED = "weir.archive";

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(10);

  public ClassArchive {
    pointer = pointer.toAbsolutePath().normalize();
  }

  /** The archive that this process should have used; empty if it uses one. */
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

  /** A file that exists if the last attempt failed; its time is that of the attempt. */
  Path failure() {
    return pointer.resolveSibling(pointer.getFileName() + ".failed");
  }

  /** Whether an attempt makes sense now: the folder is writable, and no attempt failed recently. */
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
