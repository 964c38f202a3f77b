package io.weir.tools.why;

import io.weir.process.StartupException;
import io.weir.process.TimeText;
import io.weir.tools.settings.ToolSettings;
import io.weir.tools.sql.RowFormat;
import io.weir.tools.why.Restatements.Question;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code why}: lists the sessions behind a change of a metric. */
@Command(
    name = "why",
    description = {
      "Lists the sessions that were revised or retracted and so changed a metric of a bucket:",
      "when, why and by how much. The last row is the sum."
    },
    footer = {
      "",
      "A session counts in the bucket of its start. See docs/gold-views.md for the causes.",
      "The evidence, every revision of a session with all its columns, is in the lake:",
      "sql \"FROM silver.session_changes WHERE session_key = 'KEY' ORDER BY change_offset\"",
      "",
      "Example: why purchases 2026-03-01T12:15 --since 2h"
    })
public final class WhyCommand implements Callable<Integer> {
  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "METRIC",
      description = "a sum of sessions, for example sessions, page_views or revenue")
  private String metric = "";

  @Parameters(
      index = "1",
      paramLabel = "BUCKET",
      description =
          "a day 2026-03-01, an hour 2026-03-01T12, or 15 minutes 2026-03-01T12:15, in"
              + " WEIR_SITE_TIME_ZONE; times may have an offset such as Z or +02:00")
  private String bucket = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "only changes since then: 2026-03-01T12:00:00Z, 2026-03-01 (UTC), or 2h for two hours"
              + " ago; default: all")
  private @Nullable String since;

  @Option(
      names = "--bots",
      paramLabel = "SIDE",
      description = "exclude (the default: people), only (robots) or include (both)")
  private String bots = "exclude";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table (the default), json (one object per row) or csv")
  private String format = "table";

  public WhyCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    var wanted = Metric.named(metric);
    RowFormat printed = RowFormat.named(format);
    List<Boolean> sides = sides();
    ToolSettings current = settings.get();
    var question =
        new Question(
            wanted,
            Bucket.parse(bucket, current.siteZone()),
            since == null ? Instant.EPOCH : TimeText.parse("--since", since, clock),
            sides);
    return answer(question, printed, current);
  }

  private int answer(Question question, RowFormat printed, ToolSettings current) {
    PrintWriter out = spec.commandLine().getOut();
    try (var restatements = Restatements.connect(current.postgres())) {
      restatements.check(current.siteZone());
      restatements.print(question, printed.printer(out, Integer.MAX_VALUE));
      out.flush();
      return 0;
    } catch (SQLException e) {
      throw new StartupException(
          "the changes cannot be read: " + firstLine(e) + "; see WEIR_POSTGRES_…", e);
    }
  }

  private List<Boolean> sides() {
    return switch (bots) {
      case "exclude" -> List.of(false);
      case "only" -> List.of(true);
      case "include" -> List.of(false, true);
      default ->
          throw new StartupException("--bots " + bots + " is none of exclude, only, include");
    };
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
