package io.weir.tools.sql;

import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeLocation;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code sql}: queries the lake, with one query, statements from a pipe, or a prompt.
 */
@Command(
    name = "sql",
    description = {
      "Queries the lake with DuckDB's SQL. Tables: bronze.raw_events, bronze.rejected,",
      "silver.events, silver.late, silver.event_products, silver.sessions,",
      "silver.session_changes, silver.scores, silver.ad_scores, silver.return_scores.",
      "Without SQL: a prompt on a terminal, otherwise the statements of the standard input."
    })
public final class LakeSqlCommand implements Callable<Integer> {
  private static final int UNUSABLE = 2;

  private final Supplier<LakeLocation> location;
  private final InputStream in;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SQL",
      arity = "0..1",
      description = "for example \"SELECT count(*) FROM silver.events\"")
  private @Nullable String sql;

  @Option(names = "--json", description = "one JSON object per row")
  private boolean isJson;

  @Option(names = "--csv", description = "comma-separated values with a header")
  private boolean isCsv;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "the file in which the prompt stores the typed lines")
  private @Nullable Path history;

  public LakeSqlCommand(Supplier<LakeLocation> location) {
    this(location, System.in);
  }

  LakeSqlCommand(Supplier<LakeLocation> location, InputStream in) {
    this.location = location;
    this.in = in;
  }

  @Override
  public Integer call() {
    Catalog catalog = LakeCatalog.connectToRead(location.get());
    try (var session = LakeSql.open(catalog)) {
      return sql == null && isTerminal() ? prompt(session) : runAll(session, statements());
    } catch (SQLException e) {
      return fail(e);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private int prompt(LakeSql session) {
    try (var prompt = Prompt.open(session, history)) {
      prompt.run(format());
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RowFormat format() {
    if (isJson) {
      return RowFormat.JSON;
    }
    return isCsv ? RowFormat.CSV : RowFormat.TABLE;
  }

  private List<String> statements() {
    try {
      String text = sql != null ? sql : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Statements.of(text).all();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs statements until one fails. */
  private int runAll(LakeSql session, List<String> statements) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      for (String statement : statements) {
        session.run(statement, format().printer(out, Integer.MAX_VALUE));
        out.flush();
      }
      return 0;
    } catch (SQLException e) {
      out.flush();
      return fail(e);
    }
  }

  private int fail(SQLException e) {
    spec.commandLine().getErr().println(SqlError.line(e));
    return UNUSABLE;
  }
}
