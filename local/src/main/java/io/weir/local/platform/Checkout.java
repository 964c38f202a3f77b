package io.weir.local.platform;

import io.weir.process.StartupException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project folder, whose built modules are the programs of the processes. */
public record Checkout(Path root) {

  public Checkout {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * The folder of files that can be made again: {@code WEIR_CACHE_DIR}, or a folder of the project.
   */
  public Path cache() {
    String cache = System.getenv("WEIR_CACHE_DIR");
    return cache == null || cache.isBlank()
        ? root.resolve(".weir").resolve("cache")
        : Path.of(cache).toAbsolutePath().normalize();
  }

  /** The class path of a module with all that it needs. */
  public String classPath(String module) {
    Path classes = root.resolve(module).resolve("target/classes");
    Path needed = root.resolve(module).resolve("target/classpath");
    if (!Files.isDirectory(classes) || !Files.exists(needed)) {
      throw new StartupException(
          "module " + module + " in " + root + " is not built: run ./weir build there");
    }
    try {
      return classes + File.pathSeparator + Files.readString(needed).strip();
    } catch (IOException e) {
      throw new StartupException(needed + " cannot be read: run ./weir build", e);
    }
  }
}
