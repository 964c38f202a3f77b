package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.DemoTraining;
import io.weir.local.platform.DemoTraining.Recipe;
import io.weir.local.platform.Home;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Ports;
import io.weir.local.platform.TrainingProgram;
import io.weir.local.process.ChildProcess;
import io.weir.local.terminal.Display;
import io.weir.local.terminal.Steps;
import io.weir.local.terminal.Steps.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Trains the conversion model on simulated sessions, which a running service loads by itself; or
 * trains a model on any table.
 */
@Command(
    name = "train",
    description = "Trains the conversion model on simulated sessions, or a model on any table.",
    footer = {
      "Examples:",
      "  ./weir train",
      "  ./weir train --csv shop.csv --label bought --group visitor --drop order_id"
    })
public final class DemoTrainCommand implements Callable<Integer> {
  private static final List<String> OF_SIMULATION = List.of("--events", "--until", "--depth");

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private TableOptions table = new TableOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--events",
      defaultValue = "60000",
      paramLabel = "N",
      description = "Simulated events (default ${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of the simulated visitors, or of the split (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "End of the simulated week, RFC 3339 (default: now).")
  private @Nullable String until;

  @Option(
      names = "--depth",
      defaultValue = "6",
      paramLabel = "N",
      description = "Splits from a tree's root to its leaves (default ${DEFAULT-VALUE}).")
  private int depth;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Default: the demo's model folder; for a table a folder of its own.")
  private @Nullable Path out;

  @Override
  public Integer call() throws InterruptedException {
    Home home = common.home();
    if (table.csv().isPresent()) {
      return train(home, table.csv().get());
    }
    if (table.hasOthers()) {
      throw new ParameterException(spec.commandLine(), "--label and its like need --csv FILE");
    }
    home.create();
    Path model = out == null ? home.model() : out.toAbsolutePath();
    Display display = Display.ofSystem();
    try (var platform = new Platform(new Catalogue(common.checkout(), home, Ports.free(), 1))) {
      var training = new DemoTraining(platform, new Recipe(events, seed, until, depth));
      new Steps(display, System::nanoTime).together(new Step("model", () -> training.run(model)));
    }
    display.line("model: " + model);
    return 0;
  }

  private int train(Home home, Path csv) throws InterruptedException {
    for (String option : OF_SIMULATION) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            spec.commandLine(), option + " is an option of simulated sessions, not of --csv");
      }
    }
    Path folder = out == null ? home.trainedOn(csv) : out.toAbsolutePath();
    List<String> arguments = table.arguments();
    arguments.add("--seed=" + seed);
    arguments.add("--out=" + folder);
    return ChildProcess.runHere(new TrainingProgram(common.checkout(), home).spec(arguments));
  }
}
