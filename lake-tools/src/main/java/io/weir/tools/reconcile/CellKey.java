package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The place of a cell. Keys of one group sort as the SQL of both sides sorts its rows: texts by the
 * bytes of UTF-8.
 *
 * @param bucketMs the start of the bucket, in epoch milliseconds
 */
record CellKey(CellGroup group, String dimension, long bucketMs, boolean isBot, String value)
    implements Comparable<CellKey> {
  /** The value that stands for all values of a {@link FoldedPlace}. */
  private static final String ALL_VALUES = "(all)";

  private static final Comparator<CellKey> ORDER =
      Comparator.comparing(CellKey::group)
          .thenComparing(CellKey::dimension, CellKey::compareBytes)
          .thenComparingLong(CellKey::bucketMs)
          .thenComparing(CellKey::isBot)
          .thenComparing(CellKey::value, CellKey::compareBytes);

  Subject subject() {
    return group.subject();
  }

  Grain grain() {
    return group.grain();
  }

  boolean isFolded() {
    return value.equals(ALL_VALUES);
  }

  @Override
  public int compareTo(CellKey other) {
    return ORDER.compare(this, other);
  }

  private static int compareBytes(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
