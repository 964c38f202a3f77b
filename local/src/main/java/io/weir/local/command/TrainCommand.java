package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.DemoTraining;
import io.weir.local.platform.DemoTraining.Recipe;
import io.weir.local.platform.Home;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Ports;
import io.weir.local.platform.Service;
import io.weir.local.platform.TrainingProgram;
import io.weir.local.process.ChildProcess;
import io.weir.local.terminal.Display;
import io.weir.local.terminal.Steps;
import io.weir.local.terminal.Steps.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Trains the conversion model on the sessions of the lake or on simulated ones, which a running
 * service loads by itself; or trains a model on any table.
 */
@Command(
    name = "train",
    description = "Trains a model on the lake's sessions or ads, or on any table.",
    footer = {
      "Examples:",
      "  ./weir train --from 30d",
      "  ./weir train --model p_click --search 10",
      "  ./weir train --cuts 0",
      "  ./weir train --model p_return_7d --from 60d",
      "  ./weir train --simulated --events 60000",
      "  ./weir train --simulated --model p_click --events 1000000",
      "  ./weir train --csv shop.csv --label bought --group visitor --drop order_id"
    })
public final class TrainCommand implements Callable<Integer> {
  private static final List<String> OF_SIMULATION = List.of("--events", "--until");
  private static final List<String> OF_SESSIONS =
      List.of("--from", "--to", "--snapshot", "--reproduce");

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private TableOptions table = new TableOptions();
  @Mixin private SessionOptions sessions = new SessionOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--simulated", description = "Train on a simulated week instead of the lake.")
  private boolean isSimulated;

  @Option(
      names = "--events",
      defaultValue = "60000",
      paramLabel = "N",
      description = "Simulated events (default ${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "End of the simulated week, RFC 3339 (default: now).")
  private @Nullable String until;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of the split and of simulated visitors (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Default: the demo's folder of models; for a table a folder of its own.")
  private @Nullable Path out;

  @Override
  public Integer call() throws InterruptedException {
    Home home = common.home();
    if (!isSimulated) {
      refuse(OF_SIMULATION, "needs --simulated");
    }
    if (table.csv().isPresent()) {
      refuse(List.of("--simulated"), "cannot be combined with --csv");
      refuse(OF_SESSIONS, "is an option of sessions, not of --csv");
      refuse(List.of("--mlflow", "--model", "--cuts"), "is an option of sessions, not of --csv");
      return trainOnTable(home, table.csv().get());
    }
    if (table.hasOthers()) {
      throw new ParameterException(spec.commandLine(), "--label and its like need --csv FILE");
    }
    Path models = out == null ? home.model() : out.toAbsolutePath();
    if (isSimulated) {
      refuse(OF_SESSIONS, "is an option of the lake's sessions, not of --simulated");
      sessions
          .problem()
          .ifPresent(problem -> {
            throw new ParameterException(spec.commandLine(), problem);
          });
      return trainOnSimulation(home, models);
    }
    return trainOnLake(models);
  }

  private void refuse(List<String> options, String why) {
    for (String option : options) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(spec.commandLine(), option + " " + why);
      }
    }
  }

  private int trainOnTable(Home home, Path csv) throws InterruptedException {
    Path folder = out == null ? home.trainedOn(csv) : out.toAbsolutePath();
    List<String> arguments = table.arguments();
    arguments.addAll(sessions.ofTrees());
    arguments.add("--seed=" + seed);
    arguments.add("--out=" + folder);
    var program = new TrainingProgram(common.checkout(), home);
    return ChildProcess.runHere(program.spec(arguments, Map.of()));
  }

  private int trainOnLake(Path models) throws InterruptedException {
    Catalogue catalogue = common.running(Service.POSTGRES);
    List<String> arguments = registered(catalogue.home());
    arguments.add("--seed=" + seed);
    arguments.add("--out=" + models);
    var program = new TrainingProgram(catalogue.checkout(), catalogue.home());
    return ChildProcess.runHere(program.spec(arguments, catalogue.clientSettings()));
  }

  /** The options, and the MLflow server of the running demo, unless they name another place. */
  private List<String> registered(Home home) {
    List<String> arguments = sessions.arguments();
    if (out == null && !sessions.hasPlace()) {
      DemoMlflow.running(home).ifPresent(url -> arguments.add("--mlflow=" + url));
    }
    return arguments;
  }

  private int trainOnSimulation(Home home, Path models) throws InterruptedException {
    home.create();
    Display display = Display.ofSystem();
    try (var platform = new Platform(new Catalogue(common.checkout(), home, Ports.free(), 1))) {
      var recipe = new Recipe(events, seed, until, registered(home));
      var training = new DemoTraining(platform, recipe);
      new Steps(display, System::nanoTime).together(new Step("model", () -> training.run(models)));
    }
    display.line("models: " + models);
    return 0;
  }
}
