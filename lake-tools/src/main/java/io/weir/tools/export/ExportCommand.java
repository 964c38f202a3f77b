package io.weir.tools.export;

import io.weir.lake.table.LakeCatalog;
import io.weir.process.Durations;
import io.weir.process.OrderlyEnd;
import io.weir.process.StartupException;
import io.weir.process.Stop;
import io.weir.tools.settings.ToolSettings;
import io.weir.tools.sql.LakeSql;
import io.weir.tools.terminal.ProgressLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code export}: writes gold and the tables of sessions as files for other tools. */
@Command(
    name = "export",
    description = "Writes gold, sessions and scores as CSV, Parquet or one DuckDB database.",
    footer = {
      "",
      "Files appear only when all of them are complete. See docs/reading.md.",
      "",
      "Example: export --format duckdb --out weir.duckdb"
    })
public final class ExportCommand implements Callable<Integer> {
  private final Supplier<ToolSettings> settings;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "csv, parquet or duckdb")
  private String format = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "a folder for csv and parquet, a file for duckdb")
  private Path out = Path.of("");

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description =
          "only these relations: gold.session_metrics, gold.session_scores, "
              + "gold.challenger_scores, gold.click_scores, gold.session_return_scores, gold.identities, "
              + "gold.restatements, gold.model_watches, gold.model_drift, gold.model_comparisons, gold.rescores, gold.sessions_15m, gold.sessions_daily, gold.events_15m, gold.events_daily, "
              + "gold.products_daily, gold.visitors_daily, gold.user_metrics, "
              + "gold.cart_abandonment, gold.funnel_daily, "
              + "gold.funnel_ordered_daily, gold.life_cycle_daily, gold.retention_daily, "
              + "gold.retention_weekly, gold.distributions, gold.ads_daily, gold.carts_daily, gold.late_15m, gold.late_daily, "
              + "gold.abandoned_products, gold.ad_positions_daily, "
              + "gold.ad_pages_daily, gold.heatmap, "
              + "gold.touch_daily, silver.sessions, silver.scores; only when "
              + "named: silver.event_products, silver.session_changes, "
              + "silver.ad_scores, silver.return_scores")
  private List<String> tables = new ArrayList<>();

  @Option(names = "--force", description = "replace files of the same name")
  private boolean mayReplace;

  @Option(
      names = "--watch",
      paramLabel = "INTERVAL",
      description =
          "export again at this interval, for example 5m, until stopped; files whose content is the"
              + " same stay untouched; csv and parquet only")
  private @Nullable String watch;

  public ExportCommand(Supplier<ToolSettings> settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    ExportFormat wanted = format();
    List<Relation> relations = Relation.named(tables);
    Duration interval = interval(wanted);
    ToolSettings from = settings.get();
    if (interval == null) {
      return export(stop -> pass(from, relations, wanted, mayReplace), new Stop());
    }
    var watched =
        new WatchedExport(
            each -> pass(from, relations, wanted, each), interval, spec.commandLine().getErr());
    return OrderlyEnd.run(signal -> export(stop -> watched.run(mayReplace, stop), signal));
  }

  /** An export, or many until the stop. */
  @FunctionalInterface
  private interface Work {
    void run(Stop stop) throws SQLException, IOException;
  }

  private static int export(Work work, Stop stop) {
    try {
      work.run(stop);
      return 0;
    } catch (SQLException | IOException e) {
      throw new StartupException(
          "the export failed, nothing was written: "
              + firstLine(e)
              + "; see WEIR_POSTGRES_…, --out",
          e);
    }
  }

  private @Nullable Duration interval(ExportFormat wanted) {
    if (watch == null) {
      return null;
    }
    if (wanted == ExportFormat.DUCKDB) {
      throw new StartupException("--watch needs --format csv or parquet; a DuckDB file is locked");
    }
    try {
      Duration interval = Durations.parse(watch);
      if (interval.isPositive()) {
        return interval;
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new StartupException("--watch " + watch + " is no interval such as 30s or 5m", e);
    }
    throw new StartupException("--watch " + watch + " is no interval such as 30s or 5m");
  }

  private void pass(
      ToolSettings from, List<Relation> relations, ExportFormat wanted, boolean isReplacing)
      throws SQLException, IOException {
    try (var files = new NewFiles(isReplacing)) {
      print(run(from, relations, wanted, files));
    }
  }

  private Map<Relation, Long> run(
      ToolSettings from, List<Relation> relations, ExportFormat wanted, NewFiles files)
      throws SQLException, IOException {
    Catalog catalog = LakeCatalog.connectToRead(from.lake());
    try (var gold = new GoldRows(from.postgres());
        var lake = LakeSql.open(catalog, table -> isWanted(relations, table.toString()))) {
      var progress = ProgressLine.of(spec.commandLine().getErr());
      return new Export(lake, gold, progress).run(relations, wanted, out.toAbsolutePath(), files);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  private static boolean isWanted(List<Relation> relations, String table) {
    return relations.stream().anyMatch(each -> each.toString().equals(table));
  }

  private ExportFormat format() {
    for (ExportFormat each : ExportFormat.values()) {
      if (each.ending().equals(format)) {
        return each;
      }
    }
    throw new StartupException("--format " + format + " is none of csv, parquet, duckdb");
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }

  private void print(Map<Relation, Long> counts) {
    PrintWriter to = spec.commandLine().getOut();
    counts.forEach((relation, rows) -> to.println(rows + "  " + relation));
    to.println("written to " + out);
    to.flush();
  }
}
