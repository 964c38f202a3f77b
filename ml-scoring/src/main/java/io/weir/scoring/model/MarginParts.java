package io.weir.scoring.model;

/** Divides the log-odds of a vector among its features. Many threads may use it. */
public interface MarginParts {
  /**
   * One value for each feature and, as the last, the expected log-odds over the training rows. They
   * sum to the margin.
   */
  double[] of(float[] vector);
}
