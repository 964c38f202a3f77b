package io.weir.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the process that listens on a port, on systems that tell (Linux: {@code /proc}). */
public final class PortOwner {
  private static final String LISTENING = "0A";
  private final Path proc;

  public PortOwner(Path proc) {
    this.proc = proc;
  }

  public static PortOwner ofSystem() {
    return new PortOwner(Path.of("/proc"));
  }

  /** The pid of the listener; empty if there is none, or if the system hides it. */
  public Optional<Long> pid(int port) {
    var inodes = new HashSet<String>();
    collectInodes(proc.resolve("net/tcp"), port, inodes);
    collectInodes(proc.resolve("net/tcp6"), port, inodes);
    return inodes.isEmpty() ? Optional.empty() : holder(inodes);
  }

  private static void collectInodes(Path table, int port, Set<String> inodes) {
    if (!Files.isReadable(table)) {
      return;
    }
    String suffix = ":" + String.format(Locale.ROOT, "%04X", port);
    for (String line : lines(table)) {
      String[] fields = line.strip().split("\\s+", -1);
      if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) {
        inodes.add(fields[9]);
      }
    }
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Long> holder(Set<String> inodes) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (holdsAny(process.resolve("fd"), inodes)) {
          return Optional.of(Long.parseLong(process.getFileName().toString()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holdsAny(Path descriptors, Set<String> inodes) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(descriptors)) {
      for (Path entry : entries) {
        if (Files.isSymbolicLink(entry) && isSocketOf(inodes, entry)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // another user's process, or one that has just ended
    }
  }

  private static boolean isSocketOf(Set<String> inodes, Path entry) throws IOException {
    String target = Files.readSymbolicLink(entry).toString();
    return target.startsWith("socket:[")
        && inodes.contains(target.substring("socket:[".length(), target.length() - 1));
  }
}
