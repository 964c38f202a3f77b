package io.weir.model.feature;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in which values get into the places of a vector. */
final class VectorPlaces {
  private static final long HOUR_MS = 3_600_000L;
  private static final long DAY_MS = 24 * HOUR_MS;
  private static final double HOURS = 24;

  /** 1 January 1970 was a Thursday; Monday is 0. */
  private static final int EPOCH_WEEKDAY = 3;

  private VectorPlaces() {}

  /** A vector in which everything is missing. */
  static float[] missing(FeatureSchema schema) {
    var values = new float[schema.size()];
    Arrays.fill(values, Float.NaN);
    return values;
  }

  /** Sets an hour from 0 to 24 as sine and cosine. */
  static void hour(float[] values, int place, double hour) {
    double angle = 2 * Math.PI * hour / HOURS;
    values[place] = (float) StrictMath.sin(angle);
    values[place + 1] = (float) StrictMath.cos(angle);
  }

  /** Sets a word: an unknown word is another one, null is missing. */
  static void word(float[] values, int place, List<String> words, @Nullable String word) {
    Arrays.fill(values, place, place + words.size(), word == null ? Float.NaN : 0);
    if (word != null) {
      values[place + known(words, word)] = 1;
    }
  }

  /** The number of a word among the words, the last one for all unknown words. */
  static int known(List<String> words, String word) {
    int known = words.indexOf(word);
    return known < 0 ? words.size() - 1 : known;
  }

  /** The hour of the day in UTC. */
  static int hourOf(long time) {
    return (int) (Math.floorMod(time, DAY_MS) / HOUR_MS);
  }

  /** The day of the week in UTC; Monday is 0. */
  static int weekdayOf(long time) {
    return (int) Math.floorMod(Math.floorDiv(time, DAY_MS) + EPOCH_WEEKDAY, 7L);
  }
}
