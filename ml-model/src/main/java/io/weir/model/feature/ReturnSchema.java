package io.weir.model.feature;

import java.util.List;

/** The names and the version of the vectors that {@link ReturnFeatures} computes. */
public final class ReturnSchema {
  /** Raised with each change of the features, also of a computation under the same name. */
  public static final int FEATURE_SET_VERSION = 1;

  private static final FeatureSchema CURRENT =
      FeatureSchema.of(
          "return v" + FEATURE_SET_VERSION, FEATURE_SET_VERSION, List.of(ReturnFeature.values()));
  private static final int[] FIRST = CURRENT.firstPlaces();

  private ReturnSchema() {}

  public static FeatureSchema current() {
    return CURRENT;
  }

  /** The feature's first place in the vector. */
  @SuppressWarnings("EnumOrdinal") // the order of the constants is part of the schema
  public static int place(ReturnFeature feature) {
    return FIRST[feature.ordinal()];
  }
}
