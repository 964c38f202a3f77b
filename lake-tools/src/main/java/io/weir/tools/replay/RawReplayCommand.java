package io.weir.tools.replay;

import io.weir.lake.table.LakeCatalog;
import io.weir.process.TimeText;
import io.weir.tools.settings.ToolSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code replay}: sends rows of bronze.raw_events as raw records again. */
@Command(
    name = "replay",
    description = "Sends rows of bronze.raw_events to a topic again: same key, value and headers.",
    footer = {
      "",
      "Each partition is sent in the order of its offsets. The key decides the partition; a record "
          + "without a key goes to the partition of the same number. A header weir-replayed-from, "
          + "topic-partition-offset, is added.",
      "",
      "Example: replay --from 2026-03-01 --to 2026-03-02 --topic rebuild.raw",
      "To build sessions anew beside the live ones see docs/rebuild.md."
    })
public final class RawReplayCommand implements Callable<Integer> {
  private static final int INCOMPLETE = 1;

  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description =
          "first append time: 2026-03-01T12:00:00Z, 2026-03-01 (UTC), or 2h for two hours ago")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      description = "appended before this time; 0s means now")
  private String to = "";

  @Option(
      names = "--filter",
      paramLabel = "FIELD=VALUE",
      description = "only JSON objects with this field at the top level; all filters must match")
  private List<String> filters = new ArrayList<>();

  @Option(
      names = "--topic",
      required = true,
      paramLabel = "NAME",
      description = "the topic to send to")
  private String topic = "";

  @Option(names = "--into-live", description = "allow the raw topic that Weir reads right now")
  private boolean intoLive;

  @Mixin private ReplayOptions options = new ReplayOptions();

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
    options.limit();
    ToolSettings at = settings.get();
    ReplayTopic.checkName(at, topic, intoLive);
    int partitions = ReplayTopic.partitions(at.kafka(), topic);
    Catalog catalog = LakeCatalog.connect(at.lake());
    try {
      var pipeline =
          new ReplayPipeline<StoredRecord>(
              new RawTable(catalog).parts(filter),
              (record, _) -> Optional.of(Outgoing.unchanged(record, partitions)),
              "repeat the command into an empty topic, or accept that some records are sent twice");
      var tally = new ReplayTally(0);
      options.run(pipeline, at.kafka(), topic, tally, RawReplayCommand::rest);
      return tally.tooLarge() == 0 ? 0 : INCOMPLETE;
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  private static String rest(ReplayTally tally) {
    return tally.tooLarge() == 0
        ? ""
        : ", " + tally.tooLarge() + " are too large for the topic: raise its max.message.bytes";
  }
}
