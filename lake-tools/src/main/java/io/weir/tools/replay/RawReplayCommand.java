package io.weir.tools.replay;

import io.weir.lake.table.LakeCatalog;
import io.weir.process.StartupException;
import io.weir.tools.settings.ToolSettings;
import io.weir.tools.terminal.ProgressLine;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay}: turns rows of bronze.raw_events back into raw records. */
@Command(
    name = "replay",
    description = "Sends rows of bronze.raw_events to a topic again: same key, value and headers.",
    footer = {
      "",
      "Each partition in the order of its offsets. A record with a key goes where the key says, "
          + "one without to the partition of the same number. A header weir-replayed-from, "
          + "topic-partition-offset, is added.",
      "",
      "Example: replay --from 2026-03-01 --to 2026-03-02 --topic rebuild.raw",
      "To build sessions anew beside the live ones see docs/rebuild.md."
    })
public final class RawReplayCommand implements Callable<Integer> {
  private static final int INCOMPLETE = 1;

  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description =
          "appended then or later: 2026-03-01T12:00:00Z, 2026-03-01 (UTC), or 2h for two hours ago")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      description = "appended before then; 0s: until now")
  private String to = "";

  @Option(
      names = "--filter",
      paramLabel = "FIELD=VALUE",
      description = "only JSON objects with this field at the top; several: all of them")
  private List<String> filters = new ArrayList<>();

  @Option(names = "--topic", required = true, paramLabel = "NAME", description = "where to")
  private String topic = "";

  @Option(names = "--into-live", description = "allow the raw topic that Weir reads right now")
  private boolean intoLive;

  @Option(names = "--limit", paramLabel = "N", description = "no more than so many")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--dry-run", description = "send nothing, show the first three")
  private boolean isDry;

  public RawReplayCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    var filter =
        new RawFilter(
            TimeText.parse("--from", from, clock),
            TimeText.parse("--to", to, clock),
            filters.stream().map(FieldValue::parse).toList());
    if (limit < 0) {
      throw new StartupException("--limit " + limit + " is not a number from 0");
    }
    ToolSettings at = settings.get();
    ReplayTopic.checkName(at, topic, intoLive);
    ReplayTopic target = ReplayTopic.find(at.kafka(), topic);
    return isDry ? dryRun(at, filter, target) : send(at, filter, target);
  }

  private int dryRun(ToolSettings at, RawFilter filter, ReplayTopic target) {
    var sender = new DryRunSender();
    RawReplay.Result result = run(at, filter, target, sender);
    for (Outgoing each : sender.examples()) {
      say(each.mark() + "  " + BytesText.of(each.value()));
    }
    say("would send " + result.selected() + " to " + topic);
    return 0;
  }

  private int send(ToolSettings at, RawFilter filter, ReplayTopic target) {
    try (var sender = KafkaSender.open(at.kafka(), topic)) {
      RawReplay.Result result = run(at, filter, target, sender);
      boolean isWhole = result.tooLarge() == 0;
      String left = result.tooLarge() + " are too large for it: raise its max.message.bytes";
      say("sent " + result.sent() + " to " + topic + (isWhole ? "" : ", " + left));
      return isWhole ? 0 : INCOMPLETE;
    }
  }

  private RawReplay.Result run(ToolSettings at, RawFilter filter, ReplayTopic target, Sender sender) {
    Catalog catalog = LakeCatalog.connect(at.lake());
    try {
      var progress = ProgressLine.of(spec.commandLine().getErr());
      var replay = new RawReplay(new RawTable(catalog), sender, target.partitions(), progress);
      return replay.run(filter, limit);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
