package io.weir.scoring.train;

import java.util.List;

/** Feature vectors and whether each of their sessions converted. */
@SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
public record LabelledRows(float[][] vectors, boolean[] converted) {

  public LabelledRows {
    if (vectors.length != converted.length) {
      throw new IllegalArgumentException("a label for every row");
    }
  }

  static LabelledRows of(List<LabelledSession> sessions) {
    var vectors = new float[sessions.size()][];
    var converted = new boolean[sessions.size()];
    for (int row = 0; row < vectors.length; row++) {
      vectors[row] = sessions.get(row).vector();
      converted[row] = sessions.get(row).isConverted();
    }
    return new LabelledRows(vectors, converted);
  }

  public int size() {
    return vectors.length;
  }

  public int positives() {
    int positives = 0;
    for (boolean label : converted) {
      positives += label ? 1 : 0;
    }
    return positives;
  }

  public double baseRate() {
    return (double) positives() / size();
  }
}
