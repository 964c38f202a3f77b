package io.weir.sink.sql;

import io.weir.contract.StartupException;
import io.weir.sink.table.LakeCatalog;
import io.weir.sink.table.LakeLocation;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sql "SELECT …"}: asks the lake as it is now, and prints the answer. */
@Command(
    name = "sql",
    description = {
      "Asks the lake with DuckDB's SQL. Tables: bronze.raw_events, bronze.rejected,",
      "silver.events, silver.late, silver.sessions, silver.scores."
    })
public final class SqlCommand implements Callable<Integer> {
  private final Supplier<LakeLocation> location;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SQL",
      description = "for example \"SELECT count(*) FROM silver.events\"")
  private String sql = "";

  @Option(names = "--json", description = "one JSON object per row")
  private boolean isJson;

  public SqlCommand(Supplier<LakeLocation> location) {
    this.location = location;
  }

  @Override
  public Integer call() {
    LakeLocation lake = location.get();
    PrintWriter out = spec.commandLine().getOut();
    Catalog catalog = LakeCatalog.connect(lake);
    try (var session = LakeSql.open(catalog)) {
      session.query(sql, isJson ? new JsonRows(out) : new TextTable(out));
      out.flush();
      return 0;
    } catch (SQLException e) {
      throw new StartupException("the query failed: " + e.getMessage(), e);
    } finally {
      LakeCatalog.close(catalog);
    }
  }
}
