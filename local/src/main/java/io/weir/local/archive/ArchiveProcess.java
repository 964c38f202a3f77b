package io.weir.local.archive;

import io.weir.local.platform.Home;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a process that makes an archive in the background, at the lowest priority. */
public final class ArchiveProcess {
  /**
   * The prefix of a process that survives Ctrl-C and a closed terminal, and yields to all other
   * work.
   */
  private static final List<String> IN_BACKGROUND =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec nice -n 19 \"$@\"", "sh");

  private ArchiveProcess() {}

  /** Starts the process, unless this process already has an archive or none can be made. */
  public static void startIfWanted(Home home) {
    ClassArchive.wanted()
        .filter(ClassArchive::isWorthMaking)
        .ifPresent(archive -> start(archive, home));
  }

  private static void start(ClassArchive archive, Home home) {
    var command = new ArrayList<>(IN_BACKGROUND);
    command.addAll(JavaCommand.plain(System.getProperty("weir.tools", "")));
    command.add(JavaCommand.MAIN);
    command.addAll(List.of("make-archive", "--dir", home.folder().toString()));
    command.add(archive.pointer().toString());
    home.create();
    Path log = home.log("archive").path();
    try {
      new ProcessBuilder(command)
          .redirectInput(new File("/dev/null"))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
          .start();
    } catch (IOException e) {
      // The command itself is not affected; only the next command starts no faster.
      System.err.println("no class archive can be made: " + e.getMessage());
    }
  }
}
