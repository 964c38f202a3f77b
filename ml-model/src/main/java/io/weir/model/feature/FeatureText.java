package io.weir.model.feature;

import java.util.Optional;

/** The value of a feature as a reader knows it: a number, an hour or a word. */
public final class FeatureText {
  private static final double HOURS = 24;

  private FeatureText() {}

  /**
   * The value of a feature in a vector; empty if it is missing.
   *
   * @param place the feature's first place
   */
  public static Optional<String> of(ModelFeature feature, int place, float[] vector) {
    if (Float.isNaN(vector[place])) {
      return Optional.empty();
    }
    return switch (feature.kind()) {
      case NUMBER, DERIVED -> Optional.of(number(vector[place]));
      case HOUR -> Optional.of(number(hour(vector[place], vector[place + 1])));
      case WORD -> word(feature, vector, place);
    };
  }

  private static double hour(float sine, float cosine) {
    double turns = StrictMath.atan2(sine, cosine) / (2 * Math.PI);
    double hour = HOURS * (turns < 0 ? turns + 1 : turns);
    return Math.round(100 * hour) / 100.0 % HOURS;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
        ? Long.toString((long) value)
        : Float.toString((float) value);
  }

  private static Optional<String> word(ModelFeature feature, float[] vector, int place) {
    for (int at = 0; at < feature.width(); at++) {
      if (vector[place + at] > 0) {
        return Optional.of(feature.words().get(at));
      }
    }
    return Optional.empty();
  }
}
