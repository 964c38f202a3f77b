package io.weir.model.feature;

import io.weir.model.feature.Feature.Kind;
import java.util.List;

/**
 * One input of the return model. The order of the constants is the order of the vector. All are as
 * of the end of the session. An unknown value is missing, never zero.
 */
public enum ReturnFeature implements ModelFeature {
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
  PURCHASES,
  REFUNDS,
  IDENTIFIES,
  UNIQUE_PAGES,
  UNIQUE_PRODUCTS,
  UNIQUE_CATEGORIES,
  ENGAGED_MS,
  FUNNEL_STEP,
  IS_CONVERTED,
  IS_CART_ABANDONED,
  /** Revenue in the one currency of the session; missing if there are several. */
  REVENUE,
  /** The mean time between two events. */
  MEAN_GAP_MS,
  END_HOUR_UTC(Kind.HOUR, List.of()),
  END_WEEKDAY_UTC,
  VISITOR_SESSION_NUMBER,
  MS_SINCE_PREVIOUS_SESSION,
  DEVICE(Feature.DEVICE),
  BROWSER(Feature.BROWSER),
  OS(Feature.OS),
  COUNTRY(Feature.COUNTRY),
  REFERRER_CLASS(Feature.REFERRER_CLASS),
  CAMPAIGN_MEDIUM(Feature.CAMPAIGN_MEDIUM);

  private final Kind kind;

  @SuppressWarnings("ImmutableEnumChecker") // an immutable list of a feature of sessions
  private final List<String> words;

  ReturnFeature() {
    this(Kind.NUMBER, List.of());
  }

  /** The words of a feature of conversions. */
  ReturnFeature(Feature same) {
    this(Kind.WORD, same.words());
  }

  ReturnFeature(Kind kind, List<String> words) {
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
