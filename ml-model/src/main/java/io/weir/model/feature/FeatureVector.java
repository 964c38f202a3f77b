package io.weir.model.feature;

import io.weir.model.feature.Feature.Kind;
import org.jspecify.annotations.Nullable;

/** The values of all features in the order of {@link FeatureSchema}; NaN means missing. */
public final class FeatureVector {
  private static final float LONGEST_GAP_MS = 1_800_000;

  /** Everything is missing at first. */
  private final float[] values = VectorPlaces.missing(FeatureSchema.current());

  /** Sets a number, or an hour from 0 to 24. */
  public void set(Feature feature, float value) {
    int place = FeatureSchema.place(feature);
    if (feature.kind() == Kind.HOUR) {
      VectorPlaces.hour(values, place, value);
    } else {
      boolean isCapped = feature == Feature.LONGEST_GAP_MS;
      values[place] = isCapped ? Math.min(value, LONGEST_GAP_MS) : value;
    }
  }

  /** Sets a feature of words: an unknown word is another one, null is missing. */
  public void set(Feature feature, @Nullable String word) {
    VectorPlaces.word(values, FeatureSchema.place(feature), feature.words(), word);
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
    since(Feature.MS_SINCE_PRODUCT_VIEW, Feature.MS_TO_PRODUCT_VIEW);
    since(Feature.MS_SINCE_CART, Feature.MS_TO_CART);
    since(Feature.MS_SINCE_CHECKOUT, Feature.MS_TO_CHECKOUT);
  }

  private void since(Feature feature, Feature step) {
    set(feature, Math.max(0, value(Feature.DURATION_MS) - value(step)));
  }

  /** The array itself, not a copy: models read it directly. */
  public float[] values() {
    return values;
  }
}
