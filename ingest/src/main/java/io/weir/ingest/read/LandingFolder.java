package io.weir.ingest.read;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files to send: named files, and files in named folders at any depth. Hidden files are left
 * out, and files whose names say that they are still being written.
 */
public final class LandingFolder {
  private static final Set<String> UNFINISHED =
      Set.of("tmp", "part", "partial", "crc", "swp", "inprogress", "crdownload");

  private final List<Path> paths;

  public LandingFolder(List<Path> paths) {
    this.paths = List.copyOf(paths);
  }

  /** All files in the order of their names. */
  public List<Path> files() {
    var files = new TreeSet<Path>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.addAll(inFolder(path));
      } else if (Files.isRegularFile(path)) {
        files.add(path);
      } else {
        throw new UnreadableFileException(
            path + (Files.exists(path) ? " is neither a file nor a folder" : " does not exist"));
      }
    }
    return new ArrayList<>(files);
  }

  private static List<Path> inFolder(Path folder) {
    var found = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          folder,
          Set.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && !isHidden(folder.relativize(path))) {
                found.add(path);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
              // Renamed while the folder was read, or a link to a folder above it.
              if (e instanceof NoSuchFileException || e instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw new StartupException("the folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
    return found;
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      String name = part.toString();
      if (name.startsWith(".") || name.startsWith("_")) {
        return true;
      }
    }
    String name = String.valueOf(relative.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return name.endsWith("~") || UNFINISHED.contains(ending);
  }
}
