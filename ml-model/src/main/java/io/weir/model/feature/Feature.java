package io.weir.model.feature;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One input of the model. The order of the constants is the order of the vector. A number has one
 * place in the vector, an hour two, and a word one for each known word and one for all others. An
 * unknown value is missing, never zero.
 */
public enum Feature implements ModelFeature {
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
  /** The longest time between two events; more than 30 minutes count as 30. */
  LONGEST_GAP_MS,
  MS_TO_PRODUCT_VIEW,
  MS_TO_CART,
  MS_TO_CHECKOUT,
  START_HOUR_UTC(Kind.HOUR),
  START_WEEKDAY_UTC,
  VISITOR_SESSION_NUMBER,
  MS_SINCE_PREVIOUS_SESSION,
  /** The mean time between two events; more than 30 minutes count as 30. */
  MEAN_GAP_MS(Kind.DERIVED),
  IS_BOUNCE(Kind.DERIVED),
  /** Product views per page view or product view. */
  PRODUCT_SHARE(Kind.DERIVED),
  /** Products put into the cart less those that were removed. */
  CART_ITEMS(Kind.DERIVED),
  /** The time since the first product view; 0 if nothing came after it. */
  MS_SINCE_PRODUCT_VIEW(Kind.DERIVED),
  MS_SINCE_CART(Kind.DERIVED),
  MS_SINCE_CHECKOUT(Kind.DERIVED),
  /** Smoothed share of sessions of this campaign that converted, on earlier days. */
  CAMPAIGN_RATE,
  /** The same for the first page. */
  LANDING_RATE,
  /** The price of the product viewed last, in units of its currency. */
  LAST_PRICE,
  /** 1 for a session that is over or has a purchase, 0 for one that may go on. */
  IS_OVER,
  /** The type of the last event that is no identify. */
  LAST_EVENT(
      "page_view",
      "product_view",
      "search",
      "ad_impression",
      "ad_click",
      "add_to_cart",
      "remove_from_cart",
      "checkout",
      "page_ping"),
  DEVICE("desktop", "mobile", "tablet", "bot"),
  BROWSER("chrome", "safari", "firefox", "edge", "samsung internet", "opera"),
  OS("windows", "macos", "linux", "chromeos", "android", "ios"),
  COUNTRY(
      "us", "de", "fr", "gb", "se", "in", "cn", "es", "jp", "br", "ca", "au", "it", "nl", "pl",
      "mx", "kr", "tr", "ch", "at"),
  REFERRER_CLASS("direct", "internal", "search", "social", "email", "paid", "ai"),
  CAMPAIGN_MEDIUM("none", "cpc", "display", "social", "email", "affiliate", "referral", "organic");

  /** The word that stands for all unknown words. */
  public static final String OTHER = "other";

  /** The way in which a value becomes places in the vector. */
  public enum Kind {
    NUMBER,
    /** Sine and cosine of the hour of the day, so that 23 and 0 are neighbours. */
    HOUR,
    /** A number that follows from the other features: no caller sets it. */
    DERIVED,
    WORD
  }

  private final String fieldName = name().toLowerCase(Locale.ROOT);
  private final Kind kind;

  @SuppressWarnings("ImmutableEnumChecker") // an immutable list of List.of
  private final List<String> words;

  Feature() {
    this(Kind.NUMBER);
  }

  Feature(Kind kind) {
    this.kind = kind;
    this.words = List.of();
  }

  Feature(String... words) {
    this.kind = Kind.WORD;
    this.words = Stream.concat(Stream.of(words), Stream.of(OTHER)).toList();
  }

  @Override
  public String fieldName() {
    return fieldName;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public List<String> words() {
    return words;
  }

  /** The feature of that name, if a caller can set it. */
  public static Optional<Feature> named(String fieldName) {
    for (Feature feature : values()) {
      if (feature.fieldName.equals(fieldName) && feature.kind != Kind.DERIVED) {
        return Optional.of(feature);
      }
    }
    return Optional.empty();
  }
}
