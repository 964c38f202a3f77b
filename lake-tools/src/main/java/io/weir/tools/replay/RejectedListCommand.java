package io.weir.tools.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** The command {@code rejected list}: prints counts by reason, then the newest records. */
@Command(name = "list", description = "Counts by reason, then the newest records.")
final class RejectedListCommand implements Callable<Integer> {
  private static final int NEWEST = 20;

  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FilterOptions options = new FilterOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "the number of newest records to show; default ${DEFAULT-VALUE}")
  private int limit = NEWEST;

  @Option(names = "--json", description = "one JSON object")
  private boolean isJson;

  RejectedListCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    RejectedCommand.checkLimit(limit);
    var overview = new Overview(limit);
    Filter filter = options.filter(clock);
    RejectedCommand.ask(
        settings.get().lake(),
        table -> {
          table.summaries(filter, overview::add);
          return overview;
        });
    PrintWriter out = spec.commandLine().getOut();
    if (isJson) {
      out.println(json(overview));
    } else {
      print(overview, out);
    }
    out.flush();
    return 0;
  }

  private static void print(Overview overview, PrintWriter out) {
    overview.counts().forEach((reason, count) -> out.println(count + "  " + reason));
    out.println(overview.total() + "  in all");
    if (!overview.newest().isEmpty()) {
      out.println();
    }
    for (RefusedSummary each : overview.newest()) {
      Origin origin = each.origin();
      out.println(
          origin.appendTime()
              + "  "
              + each.reason()
              + "  "
              + origin.topic()
              + " "
              + origin.partition()
              + ":"
              + origin.offset()
              + "  "
              + BytesText.visible(each.detail()).replace('\n', ' '));
    }
  }

  private static ObjectNode json(Overview overview) {
    ObjectNode document = Fixes.JSON.createObjectNode().put("total", overview.total());
    ObjectNode counts = document.putObject("counts");
    overview.counts().forEach(counts::put);
    var records = document.putArray("newest");
    for (RefusedSummary each : overview.newest()) {
      records
          .addObject()
          .put("append_time", each.origin().appendTime().toString())
          .put("reason", each.reason())
          .put("detail", each.detail())
          .put("topic", each.origin().topic())
          .put("partition", each.origin().partition())
          .put("offset", each.origin().offset());
    }
    return document;
  }
}
