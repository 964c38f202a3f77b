package io.weir.model.feature;

import java.util.List;

/** The names and the version of the vectors that {@link ClickFeatures} computes. */
public final class ClickSchema {
  /** Raised with each change of the features, also of a computation under the same name. */
  public static final int FEATURE_SET_VERSION = 2;

  private static final FeatureSchema CURRENT =
      FeatureSchema.of(
          "click v" + FEATURE_SET_VERSION, FEATURE_SET_VERSION, List.of(ClickFeature.values()));
  private static final int[] FIRST = CURRENT.firstPlaces();

  private ClickSchema() {}

  public static FeatureSchema current() {
    return CURRENT;
  }

  /** The feature's first place in the vector. */
  @SuppressWarnings("EnumOrdinal") // the order of the constants is part of the schema
  public static int place(ClickFeature feature) {
    return FIRST[feature.ordinal()];
  }
}
