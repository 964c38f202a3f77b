package io.weir.local.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of 20 MB in memory, on systems that allow to mount one. */
record SmallDisk(Path folder, boolean isMounted) implements AutoCloseable {

  static SmallDisk mount(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (!System.getProperty("os.name").startsWith("Linux")) {
      return new SmallDisk(folder, false);
    }
    List<String> mount =
        List.of("mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", folder.toString());
    return new SmallDisk(folder, run(mount) == 0);
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

  @Override
  public void close() throws IOException {
    if (isMounted) {
      run(List.of("umount", folder.toString()));
    }
  }
}
