package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.DemoTraining;
import io.weir.local.platform.DemoTraining.Recipe;
import io.weir.local.platform.Home;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Ports;
import io.weir.local.terminal.Display;
import io.weir.local.terminal.Steps;
import io.weir.local.terminal.Steps.Step;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains the conversion model on simulated sessions; a running service loads it by itself. */
@Command(name = "train", description = "Trains the conversion model on simulated sessions.")
public final class DemoTrainCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

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
      description = "Seed of the simulated visitors (default ${DEFAULT-VALUE}).")
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

  @Option(names = "--out", paramLabel = "FOLDER", description = "Default: the demo's model folder.")
  private @Nullable Path out;

  @Override
  public Integer call() throws InterruptedException {
    Home home = common.home();
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
}
