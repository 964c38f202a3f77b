package io.weir.local.process;

import io.weir.process.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder into which a process unpacks its native libraries. A killed process cannot delete them
 * itself.
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

  /** The folder of a service, emptied of the files of its earlier process. */
  static TemporaryFolder swept(Path path) {
    try {
      FileTree.delete(path);
      return new TemporaryFolder(Files.createDirectories(path));
    } catch (IOException e) {
      throw new StartupException(
          "the temporary folder " + path + " cannot be emptied; choose another with --dir: " + e,
          e);
    }
  }

  /** A new folder inside this launcher's own temporary folder. */
  static TemporaryFolder create(String name) {
    try {
      return new TemporaryFolder(Files.createTempDirectory("weir-" + name));
    } catch (IOException e) {
      throw new StartupException(
          "no temporary folder can be created; choose another with WEIR_CACHE_DIR: " + e, e);
    }
  }

  /**
   * Deletes the folder that the script made for this launcher when the launcher ends. The next run
   * of the script deletes the folder of a killed launcher.
   */
  public static void deleteOwnAtExit() {
    String own = System.getProperty("weir.temporary", "");
    if (!own.isEmpty()) {
      var folder = new TemporaryFolder(Path.of(own));
      Runtime.getRuntime().addShutdownHook(new Thread(folder::close, "temporary-folder"));
    }
  }

  @Override
  public void close() {
    try {
      FileTree.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
