package io.weir.tools.rebuild;

import io.weir.tools.settings.ToolSettings;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "NAME", description = "the name of the rebuild")
  private String given = "";

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
    RebuildName name = RebuildName.of(given, at);
    var steps = new Switching(settings, clock, name, new StepCommand(spec.commandLine()));
    var patience = new Patience(spec.commandLine().getOut(), options.waiting());
    if (steps.isDone(patience)) {
      return 0;
    }
    steps.feed();
    try (var brokers = Brokers.connect(at.kafka());
        var streamApp = steps.streamApp(brokers, options)) {
      int code = steps.loadAndCompare(brokers, streamApp, patience);
      if (code == DIFFERENT && !options.acceptsDifferences()) {
        return code;
      }
      if (switches && !options.acceptsDifferences() && steps.loses(brokers)) {
        steps.say("nothing is switched; give --accept-differences");
        return DIFFERENT;
      }
      if (switches) {
        return steps.switchOver(options, streamApp, patience);
      }
      steps.say("to switch gold to it: gold switch " + name.name());
      return code;
    }
  }
}
