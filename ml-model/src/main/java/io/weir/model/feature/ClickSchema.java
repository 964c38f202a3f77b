package io.weir.model.feature;

import java.util.Arrays;
import java.util.List;

/** The names and the version of the vectors that {@link ClickFeatures} computes. */
public final class ClickSchema {
  /** Raised with each change of the features, also of a computation under the same name. */
  public static final int FEATURE_SET_VERSION = 1;

  private static final int[] FIRST = firstPlaces();
  private static final FeatureSchema CURRENT = compute();

  private ClickSchema() {}

  public static FeatureSchema current() {
    return CURRENT;
  }

  /** The feature's first place in the vector. */
  @SuppressWarnings("EnumOrdinal") // the order of the constants is part of the schema
  public static int place(ClickFeature feature) {
    return FIRST[feature.ordinal()];
  }

  private static int[] firstPlaces() {
    ClickFeature[] features = ClickFeature.values();
    var first = new int[features.length];
    for (int at = 1; at < features.length; at++) {
      first[at] = first[at - 1] + features[at - 1].places().size();
    }
    return first;
  }

  private static FeatureSchema compute() {
    List<String> names =
        Arrays.stream(ClickFeature.values()).flatMap(each -> each.places().stream()).toList();
    return FeatureSchema.of("click v" + FEATURE_SET_VERSION, FEATURE_SET_VERSION, names);
  }
}
