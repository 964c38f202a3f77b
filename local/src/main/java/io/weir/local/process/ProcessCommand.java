package io.weir.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command line of a running process, complete if the system shows it. */
public final class ProcessCommand {
  private ProcessCommand() {}

  /** The arguments joined by spaces; empty if the process is gone or hidden. */
  public static String of(long pid) {
    Path file = Path.of("/proc", Long.toString(pid), "cmdline");
    if (Files.isReadable(file)) {
      try {
        return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
      } catch (IOException e) {
        return ""; // the process has just ended
      }
    }
    return ProcessHandle.of(pid).flatMap(handle -> handle.info().commandLine()).orElse("");
  }

  /** A short form for messages. */
  public static String brief(String command, int most) {
    return command.length() <= most ? command : command.substring(0, most - 1) + "…";
  }
}
