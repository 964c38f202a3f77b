package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Queries the lake of the running demo. */
@Command(
    name = "sql",
    description = "Queries the lake of the running demo.",
    footer = {
      "Without a query: opens a prompt, or reads statements from a pipe.",
      "Examples:",
      "  ./weir sql \"SELECT count(*) FROM silver.events\"",
      "  ./weir sql --csv < queries.sql"
    })
public final class SqlCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "QUERY",
      arity = "0..1",
      description = "Tables: bronze.raw_events, silver.events, … Without it: a prompt.")
  private @Nullable String query;

  @Option(names = "--json", description = "Rows as JSON.")
  private boolean json;

  @Option(names = "--csv", description = "Rows as comma-separated values.")
  private boolean csv;

  @Override
  public Integer call() throws InterruptedException {
    Catalogue catalogue = common.running(Service.POSTGRES);
    var arguments = new ArrayList<>(List.of("sql"));
    arguments.add("--history=" + catalogue.home().folder().resolve("sql_history"));
    if (json) {
      arguments.add("--json");
    }
    if (csv) {
      arguments.add("--csv");
    }
    if (query != null) {
      arguments.addAll(List.of("--", query));
    }
    return LakeProgram.run(catalogue, arguments);
  }
}
