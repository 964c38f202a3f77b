package io.weir.training.table;

/**
 * Feature vectors with their outcomes.
 *
 * @param vectors one per row, all of one length; NaN is missing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lists would box
public record FeatureRows(float[][] vectors, boolean[] outcomes) {

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

  public double rate() {
    return (double) positives() / size();
  }
}
