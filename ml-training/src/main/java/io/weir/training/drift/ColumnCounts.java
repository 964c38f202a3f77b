package io.weir.training.drift;

import java.util.ArrayList;

/** Counts the rows in each class of a column. */
final class ColumnCounts {
  private final Binning column;
  private final long[] counts;
  private long rows;

  ColumnCounts(Binning column) {
    this.column = column;
    this.counts = new long[column.classes()];
  }

  void add(float[] vector, int place) {
    counts[column.classOf(vector, place)]++;
    rows++;
  }

  /** The number of places of the column in a vector. */
  int width() {
    return column.width();
  }

  ColumnShape shape() {
    var shares = new ArrayList<Double>(counts.length);
    for (long count : counts) {
      shares.add(rows == 0 ? 0 : (double) count / rows);
    }
    return new ColumnShape(column, rows, shares);
  }
}
