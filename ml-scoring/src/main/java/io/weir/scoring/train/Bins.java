package io.weir.scoring.train;

import java.util.Arrays;

/**
 * The cuts between the bins of each feature. Bin {@code b} of a feature holds the values from cut
 * {@code b - 1} (inclusive) to cut {@code b} (exclusive); the last slot of a feature is for missing
 * values.
 */
final class Bins {
  private final float[][] cuts;
  private final int[] firstSlot;

  private Bins(float[][] cuts) {
    this.cuts = cuts;
    this.firstSlot = new int[cuts.length + 1];
    for (int feature = 0; feature < cuts.length; feature++) {
      firstSlot[feature + 1] = firstSlot[feature] + cuts[feature].length + 2;
    }
  }

  static Bins of(float[][] vectors, int most) {
    int features = vectors[0].length;
    var cuts = new float[features][];
    for (int feature = 0; feature < features; feature++) {
      cuts[feature] = cuts(sortedColumn(vectors, feature), most);
    }
    return new Bins(cuts);
  }

  private static float[] sortedColumn(float[][] vectors, int feature) {
    var column = new float[vectors.length];
    int known = 0;
    for (float[] vector : vectors) {
      if (!Float.isNaN(vector[feature])) {
        column[known++] = vector[feature];
      }
    }
    float[] sorted = Arrays.copyOf(column, known);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Cuts between all neighbours if there are few, else at even quantiles. */
  private static float[] cuts(float[] sorted, int most) {
    int distinct = 0;
    for (int i = 1; i < sorted.length; i++) {
      distinct += sorted[i] > sorted[i - 1] ? 1 : 0;
    }
    var cuts = new float[Math.min(distinct, most - 1)];
    double step = distinct < most ? 0 : (double) sorted.length / most;
    double due = step;
    int count = 0;
    for (int i = 1; i < sorted.length && count < cuts.length; i++) {
      if (sorted[i] > sorted[i - 1] && i >= due) {
        cuts[count++] = between(sorted[i - 1], sorted[i]);
        due = i + step;
      }
    }
    return Arrays.copyOf(cuts, count);
  }

  /**
   * The middle of two values. If rounding makes it equal to the lower value, which must stay below
   * the cut, it is the upper value.
   */
  private static float between(float lower, float upper) {
    float middle = lower + (upper - lower) / 2;
    return middle > lower && middle <= upper ? middle : upper;
  }

  int features() {
    return cuts.length;
  }

  /** The number of histogram slots of all features together. */
  int slots() {
    return firstSlot[cuts.length];
  }

  int firstSlot(int feature) {
    return firstSlot[feature];
  }

  int missingSlot(int feature) {
    return firstSlot[feature + 1] - 1;
  }

  /**
   * The threshold that sends the bins up to {@code slot} left; behind the last slot, all known
   * values.
   */
  float thresholdAfter(int feature, int slot) {
    int cut = slot - firstSlot[feature];
    return cut < cuts[feature].length ? cuts[feature][cut] : Float.MAX_VALUE;
  }

  int slotOf(int feature, float value) {
    if (Float.isNaN(value)) {
      return missingSlot(feature);
    }
    int found = Arrays.binarySearch(cuts[feature], value);
    return firstSlot[feature] + (found >= 0 ? found + 1 : -found - 1);
  }

  /** The slots of all rows, row after row. */
  int[] slotsOf(float[][] vectors) {
    int features = features();
    var slots = new int[vectors.length * features];
    int next = 0;
    for (float[] vector : vectors) {
      for (int feature = 0; feature < features; feature++) {
        slots[next++] = slotOf(feature, vector[feature]);
      }
    }
    return slots;
  }
}
