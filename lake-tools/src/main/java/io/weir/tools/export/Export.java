package io.weir.tools.export;

import io.weir.tools.sql.DuckType;
import io.weir.tools.sql.LakeSql;
import io.weir.tools.terminal.ProgressLine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Writes relations through DuckDB. Gold is first copied to a database file. With {@link
 * ExportFormat#DUCKDB} that file is the result.
 */
final class Export {
  private static final String STAGED = "staged";

  private final LakeSql lake;
  private final GoldRows gold;
  private final ProgressLine progress;
  private long before;
  private long all;

  Export(LakeSql lake, GoldRows gold, ProgressLine progress) {
    this.lake = lake;
    this.gold = gold;
    this.progress = progress;
  }

  /** Writes the relations and returns their numbers of rows. */
  Map<Relation, Long> run(List<Relation> relations, ExportFormat format, Path out, NewFiles files)
      throws SQLException, IOException {
    boolean isDatabase = format == ExportFormat.DUCKDB;
    var targets = new HashMap<Relation, Path>();
    for (Relation relation : isDatabase ? List.<Relation>of() : relations) {
      targets.put(relation, files.add(out.resolve(relation.fileName(format.ending()))));
    }
    try (NewFiles scratch = new NewFiles(false)) {
      Path staged = isDatabase ? files.add(out) : scratch.add(out.resolve("staged.duckdb"));
      execute("ATTACH " + DuckType.text(staged.toString()) + " AS " + STAGED);
      execute("CREATE SCHEMA " + STAGED + ".gold");
      Map<Relation, Long> counts = count(relations);
      progress.begin("export");
      for (Relation relation : relations) {
        one(relation, format, targets.get(relation));
        before += counts.getOrDefault(relation, 0L);
        progress.done(before, all);
      }
      execute("DETACH " + STAGED);
      files.publish();
      return counts;
    }
  }

  private void one(Relation relation, ExportFormat format, @Nullable Path target)
      throws SQLException {
    if (relation.isGold()) {
      gold.copy(relation, duck(), STAGED, done -> progress.done(before + done, all));
    }
    if (target == null) {
      takeIn(relation);
    } else {
      write(relation, format, target);
    }
  }

  private Map<Relation, Long> count(List<Relation> relations) throws SQLException {
    var counts = new LinkedHashMap<Relation, Long>();
    for (Relation relation : relations) {
      long rows = relation.isGold() ? gold.count(relation) : rows(relation);
      counts.put(relation, rows);
      all += rows;
    }
    return counts;
  }

  private long rows(Relation relation) throws SQLException {
    try (Statement statement = duck().createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + relation.quoted())) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void takeIn(Relation relation) throws SQLException {
    if (!relation.isGold()) {
      execute("CREATE SCHEMA IF NOT EXISTS " + STAGED + "." + relation.schema());
      String table = STAGED + "." + relation.quoted();
      execute("CREATE TABLE " + table + " AS SELECT * FROM " + relation.quoted());
    }
  }

  private void write(Relation relation, ExportFormat format, Path file) throws SQLException {
    String source = (relation.isGold() ? STAGED + "." : "") + relation.quoted();
    execute(
        "COPY (SELECT * FROM "
            + source
            + " ORDER BY ALL) TO "
            + DuckType.text(file.toString())
            + " ("
            + format.options()
            + ")");
  }

  private DuckDBConnection duck() throws SQLException {
    return lake.connection();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = duck().createStatement()) {
      statement.execute(sql);
    }
  }
}
