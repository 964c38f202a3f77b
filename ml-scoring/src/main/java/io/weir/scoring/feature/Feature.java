package io.weir.scoring.feature;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One input of the model. The order of the constants is the order of the vector; the words of a
 * coded feature are numbered in the given order. An unknown value is missing, never zero.
 */
public enum Feature {
  EVENTS,
  DURATION_MS,
  PAGE_VIEWS,
  PRODUCT_VIEWS,
  SEARCHES,
  AD_IMPRESSIONS,
  AD_CLICKS,
  ADD_TO_CARTS,
  REMOVE_FROM_CARTS,
  CHECKOUTS,
  UNIQUE_PAGES,
  UNIQUE_PRODUCTS,
  LONGEST_GAP_MS,
  START_HOUR_UTC,
  START_WEEKDAY_UTC,
  VISITOR_SESSION_NUMBER,
  MS_SINCE_PREVIOUS_SESSION,
  DEVICE("desktop", "mobile", "tablet", "bot", "other"),
  OS("windows", "macos", "linux", "chromeos", "android", "ios"),
  REFERRER_CLASS("direct", "internal", "search", "social", "email", "paid", "ai", "other"),
  CAMPAIGN_MEDIUM("none", "cpc", "display", "social", "email", "affiliate", "referral", "organic");

  private final String fieldName = name().toLowerCase(Locale.ROOT);

  @SuppressWarnings("ImmutableEnumChecker") // an immutable list of List.of
  private final List<String> words;

  Feature(String... words) {
    this.words = List.of(words);
  }

  /** The name in model files, model cards and requests. */
  public String fieldName() {
    return fieldName;
  }

  /**
   * The position of the feature in the vector: the order of the constants is part of the schema.
   */
  @SuppressWarnings("EnumOrdinal")
  public int index() {
    return ordinal();
  }

  /** The words of a coded feature; empty for a number. */
  public List<String> words() {
    return words;
  }

  public boolean isCoded() {
    return !words.isEmpty();
  }

  /** The number of the word, or NaN, which means missing. */
  public float codeOf(String word) {
    int code = words.indexOf(word);
    return code < 0 ? Float.NaN : code;
  }

  public static Optional<Feature> named(String fieldName) {
    for (Feature feature : values()) {
      if (feature.fieldName.equals(fieldName)) {
        return Optional.of(feature);
      }
    }
    return Optional.empty();
  }
}
