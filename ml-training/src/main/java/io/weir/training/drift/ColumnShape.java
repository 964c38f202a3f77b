package io.weir.training.drift;

import java.util.List;

/**
 * The distribution of a column over the classes of its values.
 *
 * @param rows that were counted
 * @param shares of the rows in each class, the missing values last
 */
public record ColumnShape(Binning column, long rows, List<Double> shares) {

  public ColumnShape {
    shares = List.copyOf(shares);
    if (shares.size() != column.classes()) {
      throw new IllegalArgumentException(
          "%s: %d shares of %d classes".formatted(column.name(), shares.size(), column.classes()));
    }
  }

  /** The share of missing values. */
  public double missing() {
    return shares.getLast();
  }
}
