package io.weir.training.session;

import io.weir.model.feature.ClickRates;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The share of rows with the outcome, of each key, drawn towards the share of all: a key counts as
 * if it had had so many more rows with that share.
 */
public final class RateLearning {
  public static final double WEIGHT_OF_ALL = 50;
  private static final int MOST_KEYS = 10_000;

  private final Map<String, Counts> counts = new HashMap<>();
  private final Counts all = new Counts();

  private static final class Counts {
    private long rows;
    private long positives;

    private void add(boolean isPositive) {
      rows++;
      positives += isPositive ? 1 : 0;
    }

    private double rate() {
      return (double) positives / rows;
    }
  }

  public void add(@Nullable String key, boolean isPositive) {
    if (key != null) {
      counts.computeIfAbsent(key, _ -> new Counts()).add(isPositive);
      all.add(isPositive);
    }
  }

  public float rate(@Nullable String key) {
    if (key == null || all.rows == 0) {
      return Float.NaN;
    }
    Counts known = counts.get(key);
    return (float) (known == null ? all.rate() : smoothed(known));
  }

  private double smoothed(Counts known) {
    return (known.positives + WEIGHT_OF_ALL * all.rate()) / (known.rows + WEIGHT_OF_ALL);
  }

  /** The shares as they are now; the keys with the fewest rows count as unknown. */
  public ClickRates.Table table() {
    if (all.rows == 0) {
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
    int order = Long.compare(other.getValue().rows, one.getValue().rows);
    return order != 0 ? order : one.getKey().compareTo(other.getKey());
  }
}
