package io.weir.training.session;

import java.util.List;

/**
 * One row to train on.
 *
 * @param time by which the rows are split
 * @param served the row's rates of all days, with which the model is served; the vector has those
 *     of the days before
 * @param prefixes vectors of the row as it was earlier, to learn from, too
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lists would box
public record LabelledRow(
    String visitor,
    long time,
    boolean outcome,
    float[] vector,
    float[] served,
    List<float[]> prefixes) {

  public LabelledRow {
    prefixes = List.copyOf(prefixes);
  }

  /** A row without prefixes. */
  public LabelledRow(String visitor, long time, boolean outcome, float[] vector, float[] served) {
    this(visitor, time, outcome, vector, served, List.of());
  }
}
