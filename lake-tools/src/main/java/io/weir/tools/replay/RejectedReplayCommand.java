package io.weir.tools.replay;

import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rejected replay}: sends refused records to the raw topic again, repaired if asked. */
@Command(
    name = "replay",
    description = "Sends refused records to the raw topic again, oldest first, repaired if asked.",
    footer = {
      "",
      "Fixes are applied in this order: rename, cast, set, drop. With a fix, what is "
          + "not a JSON object, or does not take the fix, is skipped and counted; without "
          + "one the bytes go as they are.",
      "",
      "What bronze.raw_events has already is not sent again: each record carries its "
          + "origin in the header weir-replayed-from. The table lags by "
          + "WEIR_SINK_ROLL_INTERVAL: wait that long before repeating a command. An event "
          + "that was accepted meanwhile under the same event_id is a duplicate to "
          + "stream-app, within its allowed lateness.",
      "",
      "Example: rejected replay --reason wrong_type --cast value=number --dry-run"
    })
final class RejectedReplayCommand implements Callable<Integer> {
  private static final int BROKER_SECONDS = 15;

  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FilterOptions filters = new FilterOptions();
  @Mixin private FixOptions repairs = new FixOptions();

  @Option(names = "--limit", paramLabel = "N", description = "no more than so many, the oldest")
  private int limit = Integer.MAX_VALUE;

  @Option(names = "--dry-run", description = "send nothing, show the first three")
  private boolean isDry;

  RejectedReplayCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Filter filter = filters.filter(clock);
    Fixes fixes = repairs.fixes();
    RejectedCommand.checkLimit(limit);
    ToolSettings at = settings.get();
    if (isDry) {
      dryRun(at, filter, fixes);
      return 0;
    }
    at.kafka().check(BROKER_SECONDS);
    try (var sender = KafkaSender.open(at.kafka(), at.raw().name())) {
      ReplayTally tally = run(at, filter, fixes, sender);
      say("sent " + tally.sent() + " to " + at.raw().name() + ", " + tally.skippedText());
    }
    return 0;
  }

  private void dryRun(ToolSettings at, Filter filter, Fixes fixes) {
    var sender = new DryRunSender();
    ReplayTally tally = run(at, filter, fixes, sender);
    for (Outgoing each : sender.examples()) {
      say(each.mark() + "  " + BytesText.of(each.value()));
    }
    say("would send " + tally.sent() + " to " + at.raw().name() + ", " + tally.skippedText());
  }

  private ReplayTally run(ToolSettings at, Filter filter, Fixes fixes, Sender sender) {
    return RejectedCommand.ask(
        at.lake(),
        table -> {
          Selection selection = Selection.of(table, filter, limit);
          int all = selection.origins().size();
          var replay = new Replay(table, fixes, sender, done -> progress(done, all));
          return replay.run(filter, selection);
        });
  }

  /** One line that is written over. */
  private void progress(int done, int all) {
    PrintWriter err = spec.commandLine().getErr();
    err.print("\r" + done + " of " + all + (done == all ? "\n" : ""));
    err.flush();
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
