package io.weir.scoring.model;

/** A model that turns a feature vector into a probability. Many threads may use it. */
public interface Model {
  /**
   * The probability of the positive outcome, from 0 to 1.
   *
   * @param features one value per feature of the model's schema; NaN is missing
   */
  float score(float[] features);
}
