package io.weir.tools.replay;

import io.weir.tools.settings.ToolSettings;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The command {@code rejected replay}: sends refused records to the raw topic again, changed by
 * fixes if there are any.
 */
@Command(
    name = "replay",
    description = "Sends refused records to the raw topic again, oldest first, repaired if asked.",
    footer = {
      "",
      "Fixes are applied in this order: rename, cast, set, drop. With a fix, a record that "
          + "is not a JSON object, or that the fix does not fit, is skipped and counted. Without "
          + "a fix the bytes are sent unchanged.",
      "",
      "Records that bronze.raw_events already has are not sent again: each record has its "
          + "origin in the header weir-replayed-from. The table lags by "
          + "WEIR_SINK_ROLL_INTERVAL: wait that long before repeating a command. An event "
          + "whose event_id was accepted meanwhile is a duplicate for "
          + "stream-app, within its allowed lateness.",
      "",
      "Example: rejected replay --reason wrong_type --cast value=number --dry-run"
    })
final class RejectedReplayCommand implements Callable<Integer> {
  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Mixin private FilterOptions filters = new FilterOptions();
  @Mixin private FixOptions repairs = new FixOptions();
  @Mixin private ReplayOptions options = new ReplayOptions();

  RejectedReplayCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Filter filter = filters.filter(clock);
    Fixes fixes = repairs.fixes();
    long limit = options.limit();
    ToolSettings at = settings.get();
    return RejectedCommand.ask(
        at.lake(),
        table -> {
          Selection selection = Selection.of(table, filter, limit);
          var pipeline =
              new ReplayPipeline<Refused>(
                  table.parts(filter, selection),
                  (refused, tally) -> repaired(refused, fixes, tally),
                  "repeat the command when bronze.raw_events has the sent records");
          var tally = new ReplayTally(selection.replayedBefore());
          options.run(
              pipeline, at.kafka(), at.raw().name(), tally, done -> ", " + done.skippedText());
          return 0;
        });
  }

  private static Optional<Outgoing> repaired(Refused refused, Fixes fixes, ReplayTally tally) {
    if (refused.isCut()) {
      tally.cut();
      return Optional.empty();
    }
    switch (fixes.apply(refused.record().value())) {
      case Fixes.Fixed.Ready ready -> {
        return Optional.of(Outgoing.repaired(refused.record(), ready.value()));
      }
      case Fixes.Fixed.NoObject() -> tally.noObject();
      case Fixes.Fixed.Misfit(String why) -> tally.misfit(refused.origin(), why);
    }
    return Optional.empty();
  }
}
