package io.weir.tools;

import io.weir.process.Program;
import io.weir.process.Settings;
import java.util.List;
import java.util.Map;

/** The commands of lake-tools inside another program. */
public final class ToolsProgram implements Program {

  /** Called by the service loader. */
  public ToolsProgram() {}

  @Override
  public String name() {
    return "lake-tools";
  }

  @Override
  public int run(Map<String, String> environment, List<String> arguments) {
    return Main.run(Settings.of(environment), arguments.toArray(String[]::new));
  }
}
