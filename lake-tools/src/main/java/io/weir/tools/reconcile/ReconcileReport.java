package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Grain;
import io.weir.tools.reconcile.GoldComparison.Result;
import io.weir.tools.sql.TextTable;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Prints the result of a comparison for a person. */
final class ReconcileReport {
  private static final int MOST_ROWS = 50;
  private static final int FIRST_NUMBER = 7;
  private static final List<String> COLUMNS =
      List.of("subject", "grain", "bucket", "side", "dimension", "value", "measure", "silver");

  private final PrintWriter out;
  private final ZoneId zone;
  private final String other;

  /** The report of a comparison of silver with the side of the given name. */
  ReconcileReport(PrintWriter out, ZoneId zone, String other) {
    this.out = out;
    this.zone = zone;
    this.other = other;
  }

  void print(Result result) {
    table("different", result.differences());
    table("moving", result.moving());
    if (result.moment().folded() > 0) {
      out.println(
          "In "
              + result.moment().folded()
              + " places gold has (other): all values of the dimension were compared as one.");
    }
    out.println(summary(result));
    out.flush();
  }

  private void table(String what, List<OpenCell> cells) {
    if (cells.isEmpty()) {
      return;
    }
    var rows = new ArrayList<List<String>>();
    long all = 0;
    for (OpenCell cell : cells) {
      List<List<String>> ofCell = rows(cell);
      all += ofCell.size();
      ofCell.stream().limit(MOST_ROWS - rows.size()).forEach(rows::add);
    }
    out.println(what + ":");
    var columns = new ArrayList<>(COLUMNS);
    columns.addAll(List.of(other, "difference"));
    new TextTable(out).print(columns, rows, FIRST_NUMBER);
    if (all > rows.size()) {
      out.println("… and " + (all - rows.size()) + " more");
    }
    out.println();
  }

  private List<List<String>> rows(OpenCell cell) {
    var measures = new TreeSet<>(cell.silver().keySet());
    measures.addAll(cell.gold().keySet());
    var rows = new ArrayList<List<String>>();
    for (String measure : measures) {
      BigDecimal silver = cell.silver().getOrDefault(measure, BigDecimal.ZERO);
      BigDecimal gold = cell.gold().getOrDefault(measure, BigDecimal.ZERO);
      if (silver.compareTo(gold) != 0) {
        rows.add(row(cell.key(), measure, silver, gold));
      }
    }
    return rows;
  }

  private List<String> row(CellKey key, String measure, BigDecimal silver, BigDecimal gold) {
    return List.of(
        key.subject().code(),
        key.grain().code(),
        bucket(key),
        key.isBot() ? "robots" : "people",
        key.dimension().isEmpty() ? "(total)" : key.dimension(),
        key.value(),
        measure,
        silver.toPlainString(),
        gold.toPlainString(),
        gold.subtract(silver).toPlainString());
  }

  /** A day is shown as its date, unless it begins at a time at which no day of the zone begins. */
  private String bucket(CellKey key) {
    Instant start = Instant.ofEpochMilli(key.bucketMs());
    boolean isDay =
        key.grain() == Grain.DAY && new SiteBuckets(Grain.DAY, zone).startOf(start).equals(start);
    return isDay ? LocalDate.ofInstant(start, zone).toString() : start.toString();
  }

  private String summary(Result result) {
    int differing = result.differences().size();
    int moving = result.moving().size();
    String cells = result.cells() + " cells of " + result.sessions().toPlainString() + " sessions";
    String verdict =
        differing + moving == 0
            ? cells + " are equal"
            : "of " + cells + " " + differing + " are different and " + moving + " are moving";
    String cut =
        result.isCut() ? "; too many differ, so the comparison stopped before its end" : "";
    return verdict
        + " (silver snapshots "
        + result.moment().silver().sessions()
        + " of sessions and "
        + result.moment().silver().events()
        + " of events"
        + ", "
        + other
        + " at "
        + result.moment().goldAt()
        + ", days of "
        + zone
        + ")"
        + cut;
  }
}
