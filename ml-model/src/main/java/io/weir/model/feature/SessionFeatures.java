package io.weir.model.feature;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Computes the features of a session. It reads only what was known just before the first purchase:
 * the session's feature inputs, its origin, and the times of funnel steps up to that moment.
 * Totals, revenue, outcome flags, the end and the duration of the whole session are left out, so
 * that the outcome cannot leak into the features.
 */
public final class SessionFeatures {
  private static final double E4 = 10_000;

  private SessionFeatures() {}

  /**
   * The vector of a session that is over: the closed one of the stream, as of its end or just
   * before its first purchase.
   *
   * @param rates of campaign and landing page that the model has
   */
  public static FeatureVector of(Session session, SessionRates.Seen rates) {
    return of(session, rates, 1);
  }

  /** The vector of a session that may go on. */
  public static FeatureVector ofOpen(Session session, SessionRates.Seen rates) {
    return of(session, rates, 0);
  }

  private static FeatureVector of(Session session, SessionRates.Seen rates, float isOver) {
    var vector = new FeatureVector();
    vector.set(Feature.IS_OVER, isOver);
    behaviour(session.getFeatures(), vector);
    latest(session.getFeatures(), vector);
    funnel(session, vector);
    start(session.getStartTime(), vector);
    visitor(session, vector);
    origin(session, vector);
    rate(vector.values(), rates);
    vector.derive();
    return vector;
  }

  /** Completes a vector whose features a caller has set by name. */
  public static FeatureVector completed(FeatureVector vector) {
    vector.derive();
    return vector;
  }

  /** Sets the rates in a vector that was computed without them. */
  public static void rate(float[] vector, SessionRates.Seen rates) {
    vector[FeatureSchema.place(Feature.CAMPAIGN_RATE)] = rates.campaign();
    vector[FeatureSchema.place(Feature.LANDING_RATE)] = rates.landing();
  }

  private static void behaviour(FeatureInputs inputs, FeatureVector vector) {
    vector.set(Feature.EVENTS, inputs.getEvents());
    vector.set(Feature.DURATION_MS, (float) inputs.getDurationMs());
    vector.set(Feature.PAGE_VIEWS, inputs.getPageViews());
    vector.set(Feature.PRODUCT_VIEWS, inputs.getProductViews());
    vector.set(Feature.SEARCHES, inputs.getSearches());
    vector.set(Feature.AD_IMPRESSIONS, inputs.getAdImpressions());
    vector.set(Feature.AD_CLICKS, inputs.getAdClicks());
    vector.set(Feature.ADD_TO_CARTS, inputs.getAddToCarts());
    vector.set(Feature.REMOVE_FROM_CARTS, inputs.getRemoveFromCarts());
    vector.set(Feature.CHECKOUTS, inputs.getCheckouts());
    vector.set(Feature.UNIQUE_PAGES, inputs.getUniquePages());
    vector.set(Feature.UNIQUE_PRODUCTS, inputs.getUniqueProducts());
    vector.set(Feature.LONGEST_GAP_MS, (float) inputs.getLongestGapMs());
  }

  private static void latest(FeatureInputs inputs, FeatureVector vector) {
    vector.set(Feature.LAST_EVENT, inputs.getLastEvent());
    Long price = inputs.getLastPriceE4();
    if (price != null) {
      vector.set(Feature.LAST_PRICE, (float) (price / E4));
    }
  }

  private static void funnel(Session session, FeatureVector vector) {
    FeatureInputs inputs = session.getFeatures();
    if (inputs.getProductViews() > 0) {
      step(Feature.MS_TO_PRODUCT_VIEW, session.getFunnelViewTime(), session, vector);
    }
    if (inputs.getAddToCarts() > 0) {
      step(Feature.MS_TO_CART, session.getFunnelCartTime(), session, vector);
    }
    if (inputs.getCheckouts() > 0) {
      step(Feature.MS_TO_CHECKOUT, session.getFunnelCheckoutTime(), session, vector);
    }
  }

  /** Sets the time until a step, unless the step came after the moment that the features show. */
  private static void step(
      Feature feature, @Nullable Long time, Session session, FeatureVector vector) {
    if (time != null) {
      long elapsed = time - session.getStartTime();
      if (elapsed <= session.getFeatures().getDurationMs()) {
        vector.set(feature, (float) elapsed);
      }
    }
  }

  private static void start(long startTime, FeatureVector vector) {
    vector.set(Feature.START_HOUR_UTC, VectorPlaces.hourOf(startTime));
    vector.set(Feature.START_WEEKDAY_UTC, VectorPlaces.weekdayOf(startTime));
  }

  private static void visitor(Session session, FeatureVector vector) {
    vector.set(Feature.VISITOR_SESSION_NUMBER, session.getVisitorSessionNumber());
    Long sincePrevious = session.getMsSincePreviousSession();
    if (sincePrevious != null) {
      vector.set(Feature.MS_SINCE_PREVIOUS_SESSION, (float) (long) sincePrevious);
    }
  }

  private static void origin(Session session, FeatureVector vector) {
    vector.set(Feature.DEVICE, lower(session.getDevice()));
    vector.set(Feature.BROWSER, lower(session.getBrowser()));
    vector.set(Feature.OS, os(lower(session.getOs())));
    vector.set(Feature.COUNTRY, lower(session.getCountry()));
    vector.set(Feature.REFERRER_CLASS, lower(session.getReferrerClass()));
    vector.set(Feature.CAMPAIGN_MEDIUM, medium(session));
  }

  static @Nullable String lower(@Nullable String value) {
    return value == null ? null : value.toLowerCase(Locale.ROOT);
  }

  /**
   * The word of an operating system. User-agent parsers disagree on names and add versions: "Mac OS
   * X", "Windows NT 10.0".
   */
  static @Nullable String os(@Nullable String os) {
    if (os == null) {
      return null;
    }
    if (os.startsWith("windows")) {
      return "windows";
    }
    if (os.startsWith("mac") || os.startsWith("os x")) {
      return "macos";
    }
    if (os.startsWith("chrome") || os.equals("cros")) {
      return "chromeos";
    }
    if (os.startsWith("ios") || os.equals("ipados") || os.startsWith("iphone")) {
      return "ios";
    }
    return os.equals("ubuntu") || os.equals("fedora") || os.equals("debian") ? "linux" : os;
  }

  /** The word for a session without a campaign is none; a campaign without a medium is missing. */
  static @Nullable String medium(Session session) {
    String medium = session.getCampaignMedium();
    if (medium != null) {
      return medium.toLowerCase(Locale.ROOT);
    }
    boolean hasNone = session.getCampaignSource() == null && session.getCampaignName() == null;
    return hasNone ? "none" : null;
  }
}
