package io.weir.local.archive;

import io.weir.local.platform.Home;
import io.weir.local.process.PidFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The process that makes an archive in the background, at the lowest priority. It runs beside a
 * demo and ends with it.
 */
public final class ArchiveProcess {
  /**
   * The prefix of a process that survives Ctrl-C and a closed terminal, and yields to all other
   * work.
   */
  private static final List<String> IN_BACKGROUND =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec nice -n 19 \"$@\"", "sh");

  private static final String NAME = "archive";
  private static final String COMMAND = "make-archive";
  private static final String FOLDER = "--dir";
  private static final long PATIENCE_SECONDS = 10;

  private ArchiveProcess() {}

  /**
   * Starts the process, unless it runs already, this process has an archive or none can be made.
   */
  public static void startIfWanted(Home home) {
    ClassArchive.wanted()
        .filter(ClassArchive::isWorthMaking)
        .filter(_ -> pidFile(home).running().isEmpty())
        .ifPresent(archive -> start(archive, home));
  }

  private static void start(ClassArchive archive, Home home) {
    var command = new ArrayList<>(IN_BACKGROUND);
    command.addAll(JavaCommand.plain(System.getProperty("weir.tools", "")));
    command.add(JavaCommand.MAIN);
    command.addAll(List.of(COMMAND, FOLDER, home.folder().toString()));
    command.add(archive.pointer().toString());
    home.create();
    Path log = home.log(NAME).path();
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
              .start();
      pidFile(home)
          .write(process.pid(), String.join(" ", COMMAND, FOLDER, home.folder().toString()));
    } catch (IOException e) {
      // The command itself is not affected; only the next command starts no faster.
      System.err.println("no class archive can be made: " + e.getMessage());
    }
  }

  /** Ends the process and those that it has started, whichever command has started it. */
  public static void end(Home home) {
    pidFile(home).running().ifPresent(ArchiveProcess::end);
    pidFile(home).delete();
  }

  private static void end(ProcessHandle maker) {
    List<ProcessHandle> all = Stream.concat(Stream.of(maker), maker.descendants()).toList();
    maker.destroy();
    maker.onExit().completeOnTimeout(maker, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static PidFile pidFile(Home home) {
    return home.pidFile(NAME);
  }
}
