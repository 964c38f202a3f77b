package io.weir.scoring.model;

/** Something that turns a feature vector into a probability. Safe for use by many threads. */
public interface Model {
  /**
   * The probability of the positive outcome, from 0 to 1.
   *
   * @param features one value per feature of the model's schema; NaN is missing
   */
  float score(float[] features);
}
