package io.weir.local.archive;

import io.weir.local.platform.Home;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the making of an archive in the background, at the lowest priority. */
public final class ArchiveProcess {
  /** Survives Ctrl-C and a closed terminal, and gives way to everything else. */
  private static final List<String> IN_BACKGROUND =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec nice -n 19 \"$@\"", "sh");

  private ArchiveProcess() {}

  /** Does nothing when this process has an archive, or none can be made. */
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
      // The command itself has what it needs; only the next one starts no faster.
      System.err.println("no class archive can be made: " + e.getMessage());
    }
  }
}
