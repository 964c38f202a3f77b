package io.weir.training.table;

import io.weir.process.StartupException;
import java.util.stream.IntStream;

/**
 * Row numbers of the three parts: 70 % to train on, 15 % to stop early and to calibrate, 15 % to
 * test.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lists would box
public record RowParts(int[] train, int[] validation, int[] test) {
  private static final int TRAIN = 70;
  private static final int VALIDATION = 85;

  /**
   * Splits by a hash of the group, so that the rows of a group are all in one part.
   *
   * @param groups the group of each row; the row number where rows are independent
   */
  public static RowParts split(String[] groups, LabelColumn labels, long seed) {
    int[] percent = new int[groups.length];
    for (int row = 0; row < percent.length; row++) {
      percent[row] = labels.isKnown()[row] ? percent(groups[row], seed) : -1;
    }
    var parts =
        new RowParts(
            rows(percent, 0, TRAIN),
            rows(percent, TRAIN, VALIDATION),
            rows(percent, VALIDATION, 100));
    require("training", parts.train, labels);
    require("validation", parts.validation, labels);
    require("test", parts.test, labels);
    return parts;
  }

  private static int[] rows(int[] percent, int from, int to) {
    return IntStream.range(0, percent.length)
        .filter(row -> percent[row] >= from && percent[row] < to)
        .toArray();
  }

  private static int percent(String group, long seed) {
    return (int) Long.remainderUnsigned(TextHash.of(group, TextHash.mix(seed)), 100);
  }

  private static void require(String part, int[] rows, LabelColumn labels) {
    long positives = IntStream.of(rows).filter(row -> labels.isPositive()[row]).count();
    if (positives == 0 || positives == rows.length) {
      throw new StartupException(
          "the "
              + part
              + " part has "
              + rows.length
              + " rows and "
              + positives
              + " of them positive: both outcomes are needed in each part, so give more rows,"
              + " more groups, or another --seed");
    }
  }
}
