package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import io.weir.process.Program;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Runs a command of lake-sink with the settings of the running demo: in this process if the class
 * path has lake-sink, else in a process of its own.
 */
final class LakeProgram {
  private LakeProgram() {}

  static int run(Catalogue catalogue, List<String> arguments) throws InterruptedException {
    ProcessSpec spec = catalogue.tool(arguments.getFirst(), Service.SINK, arguments);
    Optional<Program> here = find(Service.SINK.module());
    if (here.isEmpty()) {
      return ChildProcess.runHere(spec);
    }
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(spec.environment());
    return here.get().run(environment, arguments);
  }

  private static Optional<Program> find(String name) {
    return ServiceLoader.load(Program.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(program -> program.name().equals(name))
        .findFirst();
  }
}
