package io.weir.model.feature;

import io.weir.model.feature.Feature.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of all features in the order of {@link FeatureSchema}; NaN means missing. */
public final class FeatureVector {
  private static final float LONGEST_GAP_MS = 1_800_000;
  private static final double HOURS = 24;

  private final float[] values = new float[FeatureSchema.current().size()];

  /** A vector in which everything is missing. */
  public FeatureVector() {
    Arrays.fill(values, Float.NaN);
  }

  /** Sets a number, or an hour from 0 to 24. */
  public void set(Feature feature, float value) {
    int place = FeatureSchema.place(feature);
    if (feature.kind() == Kind.HOUR) {
      double angle = 2 * Math.PI * value / HOURS;
      values[place] = (float) StrictMath.sin(angle);
      values[place + 1] = (float) StrictMath.cos(angle);
    } else {
      boolean isCapped = feature == Feature.LONGEST_GAP_MS;
      values[place] = isCapped ? Math.min(value, LONGEST_GAP_MS) : value;
    }
  }

  /** Sets a feature of words: an unknown word is another one, null is missing. */
  public void set(Feature feature, @Nullable String word) {
    int place = FeatureSchema.place(feature);
    Arrays.fill(values, place, place + feature.width(), word == null ? Float.NaN : 0);
    if (word != null) {
      int known = feature.words().indexOf(word);
      values[place + (known < 0 ? feature.width() - 1 : known)] = 1;
    }
  }

  /** The value at the feature's first place. */
  public float value(Feature feature) {
    return values[FeatureSchema.place(feature)];
  }

  /** Computes the derived features from the others. */
  void derive() {
    float events = value(Feature.EVENTS);
    float gaps = events - 1;
    float meanGap = value(Feature.DURATION_MS) / gaps;
    set(Feature.MEAN_GAP_MS, gaps >= 1 ? Math.min(meanGap, LONGEST_GAP_MS) : Float.NaN);
    float bounce = events == 1 ? 1 : 0;
    set(Feature.IS_BOUNCE, Float.isNaN(events) ? Float.NaN : bounce);
    float products = value(Feature.PRODUCT_VIEWS);
    float pages = value(Feature.PAGE_VIEWS) + products;
    set(Feature.PRODUCT_SHARE, pages > 0 ? products / pages : Float.NaN);
    set(Feature.CART_ITEMS, value(Feature.ADD_TO_CARTS) - value(Feature.REMOVE_FROM_CARTS));
  }

  /** The array itself, not a copy: models read it directly. */
  public float[] values() {
    return values;
  }
}
