package io.weir.testkit;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small file system in memory, on systems that allow to mount one.
 *
 * @param folder where it is mounted
 * @param isMounted false if this system or user may not mount: then the folder is an ordinary one
 */
public record SmallDisk(Path folder, boolean isMounted) implements AutoCloseable {
  private static final int BLOCK = 4096;

  public static SmallDisk mount(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    if (!System.getProperty("os.name").startsWith("Linux")) {
      return new SmallDisk(folder, false);
    }
    List<String> mount =
        List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", "" + folder);
    return new SmallDisk(folder, run(mount) == 0);
  }

  /** Fills the disk until not one more byte can be written; the bytes are in {@code ballast}. */
  public static void fill(Path ballast) throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast, CREATE, APPEND)) {
      byte[] block = new byte[BLOCK];
      boolean hasRoom = true;
      while (hasRoom) {
        hasRoom = write(out, block);
      }
    }
  }

  private static boolean write(OutputStream out, byte[] block) throws IOException {
    try {
      out.write(block);
      return true;
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No space left")) {
        return false;
      }
      throw e;
    }
  }

  private static int run(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .join()
        .exitValue();
  }

  /** Unmounts the disk; fails if a file on it is still open. */
  @Override
  public void close() throws IOException {
    if (isMounted && run(List.of("umount", folder.toString())) != 0) {
      throw new IllegalStateException(folder + " cannot be unmounted");
    }
  }
}
