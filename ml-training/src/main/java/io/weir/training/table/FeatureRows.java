package io.weir.training.table;

import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Feature vectors with their outcomes.
 *
 * @param vectors one per row, all of one length; NaN is missing
 * @param negativeWeight a negative row stands for so many; a positive one stands for itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lists would box
public record FeatureRows(float[][] vectors, boolean[] outcomes, double negativeWeight) {

  /** No row. */
  public static final FeatureRows NONE = new FeatureRows(new float[0][], new boolean[0]);

  public FeatureRows(float[][] vectors, boolean[] outcomes) {
    this(vectors, outcomes, 1);
  }

  public int size() {
    return vectors.length;
  }

  public int positives() {
    int positives = 0;
    for (boolean outcome : outcomes) {
      positives += outcome ? 1 : 0;
    }
    return positives;
  }

  /** The share of positive rows, with the negative ones that the others stand for. */
  public double rate() {
    int positives = positives();
    return positives / (positives + negativeWeight * (size() - positives));
  }

  /** The weight of a row. */
  public double weight(int row) {
    return outcomes[row] ? 1 : negativeWeight;
  }

  /**
   * The rows, or, if more than so many are negative, all positive ones and so many negative ones
   * drawn by the seed. Those weigh as much as all of them, so that probabilities stay true.
   */
  public FeatureRows sampled(int mostNegatives, long seed) {
    int negatives = size() - positives();
    if (negatives <= mostNegatives) {
      return this;
    }
    BitSet drawn = drawn(negatives, mostNegatives, new SplittableRandom(seed));
    int kept = size() - negatives + mostNegatives;
    var keptVectors = new float[kept][];
    var keptOutcomes = new boolean[kept];
    int at = 0;
    int negative = 0;
    for (int row = 0; row < size(); row++) {
      if (outcomes[row] || drawn.get(negative++)) {
        keptVectors[at] = vectors[row];
        keptOutcomes[at++] = outcomes[row];
      }
    }
    double weight = negativeWeight * negatives / mostNegatives;
    return new FeatureRows(keptVectors, keptOutcomes, weight);
  }

  /** Floyd's sample: {@code count} of {@code all} numbers, each set equally likely. */
  private static BitSet drawn(int all, int count, SplittableRandom random) {
    var drawn = new BitSet(all);
    for (int top = all - count; top < all; top++) {
      int number = random.nextInt(top + 1);
      drawn.set(drawn.get(number) ? top : number);
    }
    return drawn;
  }
}
