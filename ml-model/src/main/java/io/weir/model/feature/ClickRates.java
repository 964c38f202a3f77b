package io.weir.model.feature;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The smoothed shares of clicked impressions that belong to a model. */
public record ClickRates(Table ad, Table page, Table position) {
  /** No share is known. */
  public static final ClickRates NONE = new ClickRates(Table.NOTHING, Table.NOTHING, Table.NOTHING);

  /**
   * Shares by key.
   *
   * @param unknown the share of a key that is not listed; NaN if nothing is known
   */
  public record Table(double unknown, Map<String, Double> rates) {
    public static final Table NOTHING = new Table(Double.NaN, Map.of());

    public Table {
      // In the order of the keys: files of models are compared byte by byte.
      rates = Collections.unmodifiableMap(new TreeMap<>(rates));
    }

    /** The share of a key; missing if there is no key. */
    public float rate(@Nullable String key) {
      return key == null ? Float.NaN : (float) (double) rates.getOrDefault(key, unknown);
    }
  }

  /** The shares that one impression sees. */
  public record Seen(float ad, float page, float position) {}

  public Seen of(VisitorEvent impression) {
    return new Seen(
        ad.rate(impression.ad()),
        page.rate(impression.page()),
        position.rate(impression.position()));
  }
}
