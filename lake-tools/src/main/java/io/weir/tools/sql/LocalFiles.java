package io.weir.tools.sql;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/** Returns paths that DuckDB can open. Local files are used directly, others are copied. */
final class LocalFiles implements Closeable {
  private final Map<String, Path> copies = new HashMap<>();
  private @Nullable Path folder;

  String path(FileIO io, String location) {
    if (location.startsWith("/")) {
      return location;
    }
    if (location.startsWith("file:")) {
      return URI.create(location.replace(" ", "%20")).getPath();
    }
    Path known = copies.get(location);
    try {
      return (known == null ? copy(io, location) : known).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path copy(FileIO io, String location) throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory("weir-sql");
    }
    Path copy = folder.resolve(copies.size() + ".parquet");
    copies.put(location, copy);
    try (InputStream in = io.newInputFile(location).newStream()) {
      Files.copy(in, copy);
    }
    return copy;
  }

  @Override
  public void close() throws IOException {
    for (Path copy : copies.values()) {
      Files.deleteIfExists(copy);
    }
    if (folder != null) {
      Files.deleteIfExists(folder);
    }
  }
}
