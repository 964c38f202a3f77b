package io.weir.model.feature;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One input of the click model. The order of the constants is the order of the vector. All are as
 * of just before the impression. An unknown value is missing, never zero.
 */
public enum ClickFeature {
  SESSION_EVENTS,
  MS_SINCE_SESSION_START,
  MS_SINCE_PREVIOUS_EVENT,
  SESSION_PAGE_VIEWS,
  SESSION_PRODUCT_VIEWS,
  SESSION_SEARCHES,
  SESSION_ADD_TO_CARTS,
  SESSION_PURCHASES,
  SESSION_IMPRESSIONS,
  SESSION_CLICKS,
  SESSIONS_BEFORE,
  MS_SINCE_PREVIOUS_SESSION,
  PURCHASES_BEFORE,
  IMPRESSIONS_BEFORE,
  CLICKS_BEFORE,
  /** Impressions of this ad that this visitor had before. */
  AD_IMPRESSIONS_BEFORE,
  AD_CLICKS_BEFORE,
  MS_SINCE_AD_IMPRESSION,
  /** The position on the page, if it is a number. */
  POSITION,
  /** Smoothed share of clicked impressions of this ad on earlier days. */
  AD_RATE,
  PAGE_RATE,
  POSITION_RATE,
  HOUR_UTC(null, true),
  WEEKDAY_UTC,
  DEVICE(Feature.DEVICE, false),
  BROWSER(Feature.BROWSER, false),
  OS(Feature.OS, false),
  COUNTRY(Feature.COUNTRY, false),
  /** The value of the session's first event, as the next one. */
  REFERRER_CLASS(Feature.REFERRER_CLASS, false),
  CAMPAIGN_MEDIUM(Feature.CAMPAIGN_MEDIUM, false);

  private final @Nullable Feature words;
  private final boolean isHour;

  ClickFeature() {
    this(null, false);
  }

  ClickFeature(@Nullable Feature words, boolean isHour) {
    this.words = words;
    this.isHour = isHour;
  }

  /** The name in reports. */
  public String fieldName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The words of a feature of words, the last of them for all others; else empty. */
  public List<String> words() {
    return words == null ? List.of() : words.words();
  }

  /** The names of the feature's places in the vector, as in model files. */
  public List<String> places() {
    if (isHour) {
      return List.of(fieldName() + "_sin", fieldName() + "_cos");
    }
    List<String> known = words();
    return known.isEmpty()
        ? List.of(fieldName())
        : known.stream().map(word -> fieldName() + "=" + word).toList();
  }
}
