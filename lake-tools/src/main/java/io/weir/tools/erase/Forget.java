package io.weir.tools.erase;

import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableRows;
import io.weir.lake.table.TableSpec;
import io.weir.tools.terminal.ProgressLine;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.expressions.Expressions;

/**
 * Erases the lake first and gold last. Gold knows the visitors of a user, so a run that was
 * interrupted can be repeated.
 */
final class Forget {
  private static final List<TableSpec> EVENTS = List.of(LakeTables.EVENTS, LakeTables.LATE);

  private final Catalog catalog;
  private final GoldErasure gold;
  private final ProgressLine progress;

  /** The users and visitors that were named on the command line. */
  record Asked(Set<String> users, Set<String> visitors) {}

  /** The results of all steps. */
  record Done(
      List<TableErasure.Result> tables,
      Map<String, Long> gold,
      List<FileCheck.Result> checks,
      Map<String, Long> left,
      Map<String, Long> unread) {
    boolean isClean() {
      return checks.stream().allMatch(check -> check.findings().isEmpty())
          && left.values().stream().allMatch(count -> count == 0);
    }
  }

  Forget(Catalog catalog, GoldErasure gold, ProgressLine progress) {
    this.catalog = catalog;
    this.gold = gold;
    this.progress = progress;
  }

  /** Finds what to erase: the users, their visitors, and the visitors that were named. */
  ErasureSubject target(Asked asked) throws SQLException {
    var ids = new TreeSet<>(asked.visitors());
    ids.addAll(asked.users());
    if (!asked.users().isEmpty()) {
      ids.addAll(gold.visitorsOf(asked.users()));
      for (TableSpec spec : EVENTS) {
        addVisitors(catalog.loadTable(spec.identifier()), asked.users(), ids);
      }
    }
    return ErasureSubject.of(ids, gold.sessionsOf(ids));
  }

  private static void addVisitors(Table table, Set<String> users, Set<String> ids) {
    TableRows.read(
        IcebergGenerics.read(table)
            .where(Expressions.in("user_id", users.toArray()))
            .select("visitor_id", "anonymous_id", "user_id"),
        row -> {
          for (String column : List.of("visitor_id", "anonymous_id")) {
            if (row.getField(column) instanceof String id) {
              ids.add(id);
            }
          }
        });
  }

  Done dryRun(ErasureSubject target, Instant now) throws SQLException {
    var results = new ArrayList<TableErasure.Result>();
    progress.begin("search");
    for (TableSpec spec : LakeTables.all()) {
      results.add(erasure(spec, target, now, Removal.UNSEEN).dryRun());
      progress.done(results.size(), LakeTables.all().size());
    }
    return new Done(results, gold.count(target), List.of(), Map.of(), Map.of());
  }

  /** Erases everything. Records that tables have not read yet are reported, not waited for. */
  Done run(ErasureSubject target, Instant now, UnreadOffsets backlog, ErasedSums sums)
      throws SQLException {
    sums.settle();
    var results = new ArrayList<TableErasure.Result>();
    var checks = new ArrayList<FileCheck.Result>();
    progress.begin("erase");
    for (TableSpec spec : LakeTables.all()) {
      results.add(erasure(spec, target, now, sums.removalFrom(spec)).run());
      progress.done(results.size(), LakeTables.all().size());
    }
    Map<String, Long> deleted = gold.delete(target);
    progress.begin("check");
    for (TableSpec spec : LakeTables.all()) {
      checks.add(new FileCheck(catalog.loadTable(spec.identifier()), spec, target).run());
      progress.done(checks.size(), LakeTables.all().size());
    }
    return new Done(results, deleted, checks, gold.count(target), backlog.unread(catalog, gold));
  }

  private TableErasure erasure(
      TableSpec spec, ErasureSubject target, Instant now, Removal removal) {
    return new TableErasure(catalog.loadTable(spec.identifier()), spec, target, now, removal);
  }
}
