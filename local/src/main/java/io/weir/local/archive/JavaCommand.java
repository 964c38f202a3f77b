package io.weir.local.archive;

import io.weir.process.JvmFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds command lines of the launcher's own program. The script {@code weir} has the same flags.
 */
final class JavaCommand {
  static final String MAIN = "io.weir.local.Main";

  private JavaCommand() {}

  static List<String> plain(String classPath, String... more) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-Dlogback.configurationFile=logback-tools.xml",
            "-XX:-UsePerfData",
            "-Dweir.root=" + System.getProperty("weir.root", ".")));
    command.addAll(JvmFlags.ofAll());
    command.addAll(List.of(more));
    command.addAll(List.of("-cp", classPath));
    return command;
  }
}
