package io.weir.tools;

import io.weir.process.Settings;
import io.weir.sink.Lake;
import io.weir.tools.settings.ToolSettings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs commands of the tools as a person does at a terminal. */
public final class Commands {
  private Commands() {}

  /** The output of a command, which must end with the given exit code. */
  public static String run(Lake lake, int code, String... arguments) {
    return Lake.output(line(lake), code, List.of(arguments));
  }

  public static CommandLine line(Lake lake) {
    return Main.commandLine(() -> ToolSettings.from(Settings.of(lake.environment())));
  }

  public static String[] with(String[] some, String... more) {
    var all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
