package io.weir.sink.ops;

import java.net.URI;
import java.nio.file.Path;

/** The folder whose disk must not become full. */
public final class LocalDisk {
  private static final String FILE = "file:";

  private LocalDisk() {}

  /** The warehouse if it is on this machine; otherwise the folder of temporary files. */
  public static Path of(String warehouse) {
    if (warehouse.startsWith(FILE)) {
      return Path.of(URI.create(warehouse).getPath());
    }
    return Path.of(warehouse.contains(":") ? System.getProperty("java.io.tmpdir", ".") : warehouse);
  }
}
