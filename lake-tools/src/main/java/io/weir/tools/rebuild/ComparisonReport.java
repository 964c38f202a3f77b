package io.weir.tools.rebuild;

import io.weir.contract.GoldKey.Subject;
import io.weir.tools.rebuild.CellComparison.Difference;
import io.weir.tools.sql.TextTable;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects the differences between live and rebuilt cells, and says what they mean. */
final class ComparisonReport {
  private static final int MOST_ROWS = 50;
  private static final int FIRST_NUMBER = 7;
  private static final int DIFFERENT = 1;
  private static final int MOVING = 2;

  /** Late events may come at any time after theirs, so no bucket of this subject is ever final. */
  private static final String LATE = Subject.LATE.code();

  private static final Duration QUARTER = Duration.ofMinutes(15);

  /** The longest day, on which the clocks are set back. */
  private static final Duration LONGEST_DAY = Duration.ofHours(25);

  private static final List<String> COLUMNS =
      List.of(
          "subject",
          "grain",
          "bucket",
          "side",
          "dimension",
          "value",
          "measure",
          "live",
          "rebuilt",
          "difference");

  private final Instant finalUntil;
  private final boolean isAtRest;
  private final Numbers different = new Numbers();
  private final Numbers moving = new Numbers();
  private long cells;

  /** The numbers of one kind: how many, and the first of them. */
  private static final class Numbers {
    private final List<List<String>> shown = new ArrayList<>();
    private long count;

    void add(Difference each) {
      if (count++ < MOST_ROWS) {
        shown.add(row(each));
      }
    }

    void print(String title, PrintWriter out) {
      if (count == 0) {
        return;
      }
      out.println(title + ":");
      new TextTable(out).print(COLUMNS, shown, FIRST_NUMBER);
      if (count > shown.size()) {
        out.println("… and " + (count - shown.size()) + " more");
      }
      out.println();
    }
  }

  /**
   * @param finalUntil no number of a bucket that ends before can change on either side
   * @param isAtRest whether no event comes on either side, so that all numbers must be equal
   */
  ComparisonReport(Instant finalUntil, boolean isAtRest) {
    this.finalUntil = finalUntil;
    this.isAtRest = isAtRest;
  }

  void compared(long more) {
    cells += more;
  }

  void add(Difference each) {
    (isFinal(each) ? different : moving).add(each);
  }

  private boolean isFinal(Difference each) {
    if (isAtRest || each.subject().equals(LATE)) {
      return isAtRest;
    }
    Duration length = each.grain().equals("day") ? LONGEST_DAY : QUARTER;
    return !each.bucket().plus(length).isAfter(finalUntil);
  }

  private static List<String> row(Difference each) {
    return List.of(
        each.subject(),
        each.grain(),
        each.bucket().toString(),
        each.isBot() ? "robots" : "people",
        each.dimension().isEmpty() ? "(total)" : each.dimension(),
        each.value(),
        each.measure(),
        each.live().toPlainString(),
        each.rebuilt().toPlainString(),
        each.rebuilt().subtract(each.live()).toPlainString());
  }

  /** Prints the result and returns the exit code. */
  int print(PrintWriter out) {
    different.print("different", out);
    moving.print("different, but can still change", out);
    out.println(
        different.count + moving.count == 0
            ? cells + " cells are equal"
            : "of "
                + cells
                + " cells "
                + different.count
                + " numbers are different, and "
                + moving.count
                + " that can still change");
    out.flush();
    return different.count > 0 ? DIFFERENT : moving.count > 0 ? MOVING : 0;
  }
}
