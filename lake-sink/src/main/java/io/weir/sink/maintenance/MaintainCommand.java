package io.weir.sink.maintenance;

import io.weir.lake.commit.CauseChain;
import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeLocation;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import io.weir.process.StartupException;
import io.weir.sink.gold.GoldRetention;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NoSuchTableException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code maintain}: maintains the tables once, as the service does in intervals. */
@Command(
    name = "maintain",
    description = {
      "Packs small files, merges deletes, expires snapshots, removes orphans, and old rows of gold.",
      "Safe beside running services; settings are WEIR_SINK_… variables."
    })
public final class MaintainCommand implements Callable<Integer> {
  private final Supplier<LakeLocation> location;
  private final Supplier<MaintenanceRules> rules;
  private final Supplier<GoldRetention> gold;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "only this table of the lake, for example silver.events")
  private String only = "";

  @Option(names = "--dry-run", description = "changes nothing, prints what would be done")
  private boolean isDryRun;

  public MaintainCommand(
      Supplier<LakeLocation> location,
      Supplier<MaintenanceRules> rules,
      Supplier<GoldRetention> gold,
      Clock clock) {
    this.location = location;
    this.rules = rules;
    this.gold = gold;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    List<TableSpec> tables = tables();
    MaintenanceRules current = rules.get();
    PrintWriter out = spec.commandLine().getOut();
    Catalog catalog = LakeCatalog.connect(location.get());
    try {
      Maintenance maintenance = Maintenance.of(catalog, current, clock);
      for (TableSpec table : tables) {
        out.println((isDryRun ? maintenance.dryRun() : maintenance).run(table));
        out.flush();
      }
      if (only.isEmpty()) {
        out.println(isDryRun ? gold.get().dryRun() : gold.get().run());
        out.flush();
      }
      return 0;
    } catch (SQLException e) {
      throw new StartupException(
          "the tables of the lake are maintained, but not gold: " + CauseChain.of(e), e);
    } catch (NoSuchTableException e) {
      throw new StartupException(
          "the lake has no tables yet (" + e.getMessage() + "); start lake-sink once", e);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  private List<TableSpec> tables() {
    List<TableSpec> all = LakeTables.all();
    List<TableSpec> chosen =
        all.stream().filter(each -> only.isEmpty() || each.fullName().equals(only)).toList();
    if (chosen.isEmpty()) {
      throw new StartupException(
          "--table "
              + only
              + " is none of "
              + all.stream().map(TableSpec::fullName).collect(Collectors.joining(", ")));
    }
    return chosen;
  }
}
