package io.weir.tools.rebuild;

import io.weir.tools.settings.ToolSettings;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code gold rebuild}: all steps of a rebuild, and the switch if it is wanted. */
@Command(
    name = "rebuild",
    description = {
      "Feeds, waits for the rebuild's stream-app, loads and compares; with --switch it switches, too.",
      "Run it again to continue after a break. Code 0: equal; 1: different; 2: only numbers that",
      "can still change differ."
    },
    footer = {"", "Example: gold rebuild goals2 --switch --accept-differences"})
final class RebuildCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;

  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Mixin private RebuildOptions rebuild = new RebuildOptions();

  @Mixin private SwitchOptions options = new SwitchOptions();

  @Option(
      names = "--switch",
      description = "then waits until the live services are stopped, and switches gold")
  private boolean switches;

  RebuildCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    ToolSettings at = settings.get();
    var patience = new Patience(rebuild.out(), options.waiting());
    try (var brokers = Brokers.connect(at.kafka())) {
      var steps = new Switching(settings, clock, rebuild, brokers);
      return steps.isDone(patience) ? 0 : run(steps, patience);
    }
  }

  private int run(Switching steps, Patience patience) throws Exception {
    steps.feed();
    try (var streamApp = steps.streamApp(options)) {
      int code = steps.loadAndCompare(streamApp, patience);
      if (code == DIFFERENT && !options.acceptsDifferences()) {
        return code;
      }
      if (switches && !options.acceptsDifferences() && steps.loses()) {
        rebuild.say("nothing is switched; give --accept-differences");
        return DIFFERENT;
      }
      if (switches) {
        return steps.switchOver(options, streamApp, patience);
      }
      rebuild.say("to switch gold to it: gold switch " + steps.name());
      return code;
    }
  }
}
