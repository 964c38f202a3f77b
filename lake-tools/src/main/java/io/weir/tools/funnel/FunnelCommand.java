package io.weir.tools.funnel;

import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeTables;
import io.weir.process.Durations;
import io.weir.process.StartupException;
import io.weir.process.TimeText;
import io.weir.tools.funnel.VisitorFunnel.Bots;
import io.weir.tools.settings.ToolSettings;
import io.weir.tools.sql.LakeSql;
import io.weir.tools.sql.RowFormat;
import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code funnel}: an ordered funnel of visitors over the lake. */
@Command(
    name = "funnel",
    description = {
      "Counts the visitors that took steps in this order within a window, which begins with the",
      "first step. Without steps: product_view add_to_cart checkout purchase."
    },
    footer = {
      "",
      "A visitor counts once, with the start that got furthest. Other events may lie between",
      "steps; one event is one step. Events of equal times are ordered by event id.",
      "",
      "Example: funnel page_view:/landing* add_to_cart purchase --window 7d --by device"
    })
public final class FunnelCommand implements Callable<Integer> {
  private static final List<String> USUAL =
      List.of("product_view", "add_to_cart", "checkout", "purchase");
  private static final int MOST_STEPS = 10;
  private static final Duration LONGEST_WINDOW = Duration.ofDays(400);

  /** The names of REST and their columns of silver.events. */
  private static final Map<String, String> SEGMENTS =
      Map.of(
          "device", "device",
          "browser", "browser",
          "os", "os",
          "country", "country",
          "city", "city",
          "campaign", "campaign_name",
          "source", "campaign_source",
          "medium", "campaign_medium",
          "referrer_class", "referrer_class",
          "app", "app_id");

  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "STEP",
      arity = "0..*",
      description = "an event type, or type:path where * stands for any characters")
  private List<String> steps = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "the first step is not before: 2026-03-01T12:00:00Z, 2026-03-01 (UTC), or 30d for 30"
              + " days ago; default: 30d")
  private String from = "30d";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "the first step is before; default: now")
  private @Nullable String to;

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      description = "all steps within this time, for example 30m, 24h or 7d; default: 7d")
  private String window = "7d";

  @Option(
      names = "--by",
      paramLabel = "SEGMENT",
      description =
          "a funnel for each device, browser, os, country, city, campaign, source, medium,"
              + " referrer_class or app of the first step")
  private @Nullable String by;

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

  public FunnelCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    VisitorFunnel funnel = funnel();
    RowFormat printed = RowFormat.named(format);
    Catalog catalog = LakeCatalog.connectToRead(settings.get().lake());
    try (var session =
        LakeSql.open(
            catalog,
            table ->
                table.equals(LakeTables.EVENTS.identifier())
                    || table.equals(LakeTables.SESSIONS.identifier()))) {
      PrintWriter out = spec.commandLine().getOut();
      try (Statement statement = session.connection().createStatement()) {
        statement.execute(funnel.marks());
        try (ResultSet rows = statement.executeQuery(funnel.answer())) {
          printed.printer(out, Integer.MAX_VALUE).print(rows);
        }
      }
      out.flush();
      return 0;
    } catch (SQLException e) {
      throw new StartupException("the lake cannot answer: " + firstLine(e), e);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  private VisitorFunnel funnel() {
    List<String> wanted = steps.isEmpty() ? USUAL : steps;
    if (wanted.size() < 2 || wanted.size() > MOST_STEPS) {
      throw new StartupException(
          "a funnel has 2 to " + MOST_STEPS + " steps, " + wanted.size() + " are given");
    }
    Instant start = TimeText.parse("--from", from, clock);
    Instant end = to == null ? clock.instant() : TimeText.parse("--to", to, clock);
    if (!start.isBefore(end)) {
      throw new StartupException("--from " + start + " is not before --to " + end);
    }
    return new VisitorFunnel(
        wanted.stream().map(FunnelStep::parse).toList(), start, end, window(), segment(), side());
  }

  private Duration window() {
    try {
      Duration duration = Durations.parse(window);
      if (duration.toMillis() > 0 && duration.compareTo(LONGEST_WINDOW) <= 0) {
        return duration;
      }
    } catch (IllegalArgumentException e) {
      throw badWindow();
    }
    throw badWindow();
  }

  private StartupException badWindow() {
    return new StartupException(
        "--window " + window + " is not a time from 1ms to 400d, such as 30m, 24h or 7d");
  }

  private @Nullable String segment() {
    if (by == null) {
      return null;
    }
    String column = SEGMENTS.get(by);
    if (column == null) {
      throw new StartupException(
          "--by "
              + by
              + " is none of "
              + String.join(", ", SEGMENTS.keySet().stream().sorted().toList()));
    }
    return column;
  }

  private Bots side() {
    return switch (bots) {
      case "exclude" -> Bots.EXCLUDE;
      case "only" -> Bots.ONLY;
      case "include" -> Bots.INCLUDE;
      default ->
          throw new StartupException("--bots " + bots + " is none of exclude, only, include");
    };
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
