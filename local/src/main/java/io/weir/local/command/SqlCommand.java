package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the lake of the running demo. */
@Command(
    name = "sql",
    description = "Asks the lake of the running demo.",
    footer = "Example: ./weir sql \"SELECT count(*) FROM silver.events\"")
public final class SqlCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "QUERY", description = "Tables: bronze.raw_events, silver.events, …")
  private String query = "";

  @Option(names = "--json", description = "Rows as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Catalogue catalogue = common.running(Service.POSTGRES);
    var arguments = new ArrayList<>(List.of("sql", query));
    if (json) {
      arguments.add("--json");
    }
    return ChildProcess.runHere(catalogue.tool("sql", Service.SINK, arguments));
  }
}
