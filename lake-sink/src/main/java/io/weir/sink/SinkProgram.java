package io.weir.sink;

import io.weir.process.Program;
import io.weir.process.Settings;
import java.util.List;
import java.util.Map;

/** The commands of lake-sink inside another program. */
public final class SinkProgram implements Program {

  /** A service loader makes the object. */
  public SinkProgram() {}

  @Override
  public String name() {
    return "lake-sink";
  }

  @Override
  public int run(Map<String, String> environment, List<String> arguments) {
    return Main.run(Settings.of(environment), arguments.toArray(String[]::new));
  }
}
