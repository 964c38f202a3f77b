package io.weir.training.click;

import io.weir.model.feature.ClickRates;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The share of clicked impressions of each key, drawn towards the share of all: a key counts as if
 * it had had so many more impressions with that share.
 */
final class RateLearning {
  static final double WEIGHT_OF_ALL = 50;
  private static final int MOST_KEYS = 10_000;

  private final Map<String, Counts> counts = new HashMap<>();
  private final Counts all = new Counts();

  private static final class Counts {
    private long impressions;
    private long clicks;

    private void add(boolean isClicked) {
      impressions++;
      clicks += isClicked ? 1 : 0;
    }

    private double rate() {
      return (double) clicks / impressions;
    }
  }

  void add(@Nullable String key, boolean isClicked) {
    if (key != null) {
      counts.computeIfAbsent(key, _ -> new Counts()).add(isClicked);
      all.add(isClicked);
    }
  }

  float rate(@Nullable String key) {
    if (key == null || all.impressions == 0) {
      return Float.NaN;
    }
    Counts known = counts.get(key);
    return (float) (known == null ? all.rate() : smoothed(known));
  }

  private double smoothed(Counts known) {
    return (known.clicks + WEIGHT_OF_ALL * all.rate()) / (known.impressions + WEIGHT_OF_ALL);
  }

  /** The shares as they are now; the keys with the fewest impressions count as unknown. */
  ClickRates.Table table() {
    if (all.impressions == 0) {
      return ClickRates.Table.NOTHING;
    }
    Map<String, Double> rates =
        counts.entrySet().stream()
            .sorted(RateLearning::byFrequency)
            .limit(MOST_KEYS)
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> smoothed(entry.getValue())));
    return new ClickRates.Table(all.rate(), rates);
  }

  private static int byFrequency(Map.Entry<String, Counts> one, Map.Entry<String, Counts> other) {
    int order = Long.compare(other.getValue().impressions, one.getValue().impressions);
    return order != 0 ? order : one.getKey().compareTo(other.getKey());
  }
}
