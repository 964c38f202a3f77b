package io.weir.training.session;

import io.weir.training.session.LakeSessions.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a training in the order of their time.
 *
 * @param kind what a row is, in the plural
 * @param rates the names of the features that are rates, in the order of {@link LabelledRow#served}
 * @param leftOut rows that were not wanted, such as those of bots
 * @param undecided rows that were left out because their features or their outcome are not known
 */
public record LabelledRows(
    String kind,
    Source source,
    List<String> rates,
    List<LabelledRow> rows,
    int leftOut,
    int undecided) {

  public LabelledRows {
    rates = List.copyOf(rates);
    rows = List.copyOf(rows);
  }

  /**
   * The place that rows come from.
   *
   * @param name the table, or the name of the file
   * @param snapshot the snapshot of the table; null for a file
   * @param range that was asked for
   * @param cuts how rows got prefixes; null: they have none
   */
  public record Source(
      String name, @Nullable Long snapshot, Range range, @Nullable CutReport cuts) {

    /** Rows without prefixes. */
    public Source(String name, @Nullable Long snapshot, Range range) {
      this(name, snapshot, range, null);
    }
  }
}
