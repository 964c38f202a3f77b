package io.weir.scoring.feature;

import java.util.Arrays;

/** One value per feature, in the order of {@link Feature}; NaN means missing. */
public final class FeatureVector {
  private final float[] values = new float[Feature.values().length];

  /** A vector in which everything is missing. */
  public FeatureVector() {
    Arrays.fill(values, Float.NaN);
  }

  public void set(Feature feature, float value) {
    values[feature.index()] = value;
  }

  public float value(Feature feature) {
    return values[feature.index()];
  }

  /** The array itself, not a copy: models read it directly. */
  public float[] values() {
    return values;
  }
}
