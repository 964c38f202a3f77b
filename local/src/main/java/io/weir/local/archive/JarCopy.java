package io.weir.local.archive;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A class path for which an archive can be made. An archive refuses folders of classes, so each
 * folder becomes a jar. DuckDB's jar is split into a jar without its library and the library.
 * DuckDB loads the library beside such a jar; otherwise it would unpack 70 MB at each start.
 */
final class JarCopy {
  private static final String DUCKDB = "duckdb_jdbc-";
  private static final String LIBRARY = "libduckdb_java.so_";

  private final Path target;

  JarCopy(Path target) {
    this.target = target;
  }

  /**
   * Copies folders and DuckDB's jar into the target folder; returns the class path to use instead.
   */
  String of(String classPath) throws IOException {
    var entries = new ArrayList<String>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        entries.add(jar(path, target.resolve(entries.size() + ".jar")).toString());
      } else if (path.getFileName().toString().startsWith(DUCKDB)) {
        entries.add(withoutLibrary(path).toString());
      } else {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (Stream<Path> tree = Files.walk(classes);
        ZipOutputStream out = open(jar)) {
      List<Path> files = tree.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        out.putNextEntry(new ZipEntry(name));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  private Path withoutLibrary(Path original) throws IOException {
    String mine = LIBRARY + system() + "_" + architecture();
    Path jar = target.resolve(original.getFileName().toString());
    try (var in = new ZipFile(original.toFile());
        ZipOutputStream out = open(jar)) {
      if (in.getEntry(mine) == null) {
        return original; // an unknown system or another layout: DuckDB unpacks its library as usual
      }
      for (ZipEntry entry : in.stream().filter(entry -> !entry.isDirectory()).toList()) {
        if (!entry.getName().startsWith(LIBRARY)) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          copy(in, entry, out);
        } else if (entry.getName().equals(mine)) {
          try (OutputStream library = Files.newOutputStream(target.resolve(mine))) {
            copy(in, entry, library);
          }
        }
      }
    }
    return jar;
  }

  private static ZipOutputStream open(Path jar) throws IOException {
    var out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)));
    out.setLevel(0);
    return out;
  }

  private static void copy(ZipFile in, ZipEntry entry, OutputStream out) throws IOException {
    try (InputStream bytes = in.getInputStream(entry)) {
      bytes.transferTo(out);
    }
  }

  /** DuckDB's name for this system. */
  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "macos" : name;
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    return switch (name) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }
}
