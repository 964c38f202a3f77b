package io.weir.tools.rebuild;

import io.weir.tools.settings.ToolSettings;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code gold switch}: gold becomes that of a rebuild. */
@Command(
    name = "switch",
    description = {
      "Waits until the live stream-app and lake-sink are stopped, brings the rebuild to the offsets",
      "where they stopped, compares, and lets it take over. Code 1: different, nothing is switched."
    },
    footer = {"", "Example: gold switch goals2 --accept-differences"})
final class SwitchCommand implements Callable<Integer> {
  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Mixin private RebuildOptions rebuild = new RebuildOptions();

  @Mixin private SwitchOptions options = new SwitchOptions();

  @Option(
      names = "--back",
      description = "takes the switch back, as long as stream-app has read no live record since")
  private boolean isBack;

  SwitchCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    ToolSettings at = settings.get();
    var patience = new Patience(rebuild.out(), options.waiting());
    try (var brokers = Brokers.connect(at.kafka())) {
      var steps = new Switching(settings, clock, rebuild, brokers);
      if (isBack) {
        return steps.back(patience);
      }
      if (steps.isDone(patience)) {
        return 0;
      }
      try (var streamApp = steps.streamApp(options)) {
        return steps.switchOver(options, streamApp, patience);
      }
    }
  }
}
