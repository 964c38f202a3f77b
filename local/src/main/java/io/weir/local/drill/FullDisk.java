package io.weir.local.drill;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file system in memory that can be filled up, where this user may mount one. */
final class FullDisk {
  private static final int BLOCK = 1 << 16;
  private static final int UNMOUNTS = 50;
  private static final long PAUSE_MILLIS = 200;

  private final Path folder;

  private FullDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one of that size; empty if this user or system may not. */
  static Optional<FullDisk> mount(Path folder, long megabytes) throws InterruptedException {
    if (!System.getProperty("os.name").startsWith("Linux")) {
      return Optional.empty();
    }
    try {
      Files.createDirectories(folder);
      String size = "size=" + megabytes + "m";
      int code = run(List.of("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder.toString()));
      return code == 0 ? Optional.of(new FullDisk(folder)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // there is no such program
    }
  }

  /** Writes until there is room for no more. */
  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast(), CREATE, APPEND)) {
      byte[] block = new byte[BLOCK];
      for (int size = BLOCK; size > 0; ) {
        size = isWritten(out, block, size) ? size : size / 2;
      }
    }
  }

  private static boolean isWritten(OutputStream out, byte[] block, int size) throws IOException {
    try {
      out.write(block, 0, size);
      return true;
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No space left")) {
        return false;
      }
      throw e;
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Unmounts the disk, after the processes that used it. */
  void unmount() throws IOException, InterruptedException {
    int code = run(List.of("umount", folder.toString()));
    for (int i = 0; code != 0 && i < UNMOUNTS; i++) {
      Thread.sleep(PAUSE_MILLIS);
      code = run(List.of("umount", folder.toString()));
    }
    if (code != 0) {
      throw new IOException(folder + " cannot be unmounted: umount it");
    }
  }
}
