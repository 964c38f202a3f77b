package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import io.weir.process.Program;
import io.weir.process.StartupException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Runs a command of lake-tools with the settings of the running demo: in this process if the class
 * path has lake-tools, else in a process of its own. {@code maintain} is a command of lake-sink,
 * which this process does not have, so it always gets a process of its own.
 */
final class LakeProgram {
  private static final String MAINTAIN = "maintain";

  private LakeProgram() {}

  static int run(Catalogue catalogue, List<String> arguments) throws InterruptedException {
    String command = arguments.getFirst();
    if (command.equals(MAINTAIN)) {
      return ChildProcess.runHere(catalogue.tool(command, Service.SINK, arguments));
    }
    ProcessSpec spec = catalogue.lakeTool(arguments);
    Optional<Program> here = find(Catalogue.LAKE_TOOLS);
    if (here.isEmpty()) {
      return ChildProcess.runHere(spec);
    }
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(spec.environment());
    return here.get().run(environment, arguments);
  }

  /** Runs a command that asks neither Kafka nor the lake, with the settings of this process. */
  static int runWithoutDemo(List<String> arguments) {
    return find(Catalogue.LAKE_TOOLS)
        .orElseThrow(() -> new StartupException("lake-tools is not built; run ./weir build"))
        .run(System.getenv(), arguments);
  }

  private static Optional<Program> find(String name) {
    return ServiceLoader.load(Program.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(program -> program.name().equals(name))
        .findFirst();
  }
}
