package io.weir.model.feature;

import io.weir.model.feature.Feature.Kind;
import java.util.List;

/**
 * One input of the click model. The order of the constants is the order of the vector. All are as
 * of just before the impression. An unknown value is missing, never zero.
 */
public enum ClickFeature implements ModelFeature {
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
  HOUR_UTC(Kind.HOUR, List.of()),
  WEEKDAY_UTC,
  DEVICE(Feature.DEVICE),
  BROWSER(Feature.BROWSER),
  OS(Feature.OS),
  COUNTRY(Feature.COUNTRY),
  /** The value of the session's first event, as the next one. */
  REFERRER_CLASS(Feature.REFERRER_CLASS),
  CAMPAIGN_MEDIUM(Feature.CAMPAIGN_MEDIUM);

  private final Kind kind;

  @SuppressWarnings("ImmutableEnumChecker") // an immutable list of a feature of sessions
  private final List<String> words;

  ClickFeature() {
    this(Kind.NUMBER, List.of());
  }

  /** The words of a feature of sessions. */
  ClickFeature(Feature same) {
    this(Kind.WORD, same.words());
  }

  ClickFeature(Kind kind, List<String> words) {
    this.kind = kind;
    this.words = words;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public List<String> words() {
    return words;
  }
}
