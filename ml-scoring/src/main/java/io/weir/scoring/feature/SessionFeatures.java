package io.weir.scoring.feature;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Computes the features of a session. It reads only what was known just before the first purchase:
 * the session's feature inputs and the values of its first event. Totals, revenue, outcome flags,
 * the end and the duration of the whole session are left out, so that the outcome cannot leak into
 * the features.
 */
public final class SessionFeatures {
  private static final long HOUR_MS = 3_600_000L;
  private static final long DAY_MS = 24 * HOUR_MS;

  /** 1 January 1970 was a Thursday; Monday is 0. */
  private static final int EPOCH_WEEKDAY = 3;

  private SessionFeatures() {}

  public static FeatureVector of(Session session) {
    var vector = new FeatureVector();
    behaviour(session.getFeatures(), vector);
    start(session.getStartTime(), vector);
    visitor(session, vector);
    vector.set(Feature.DEVICE, code(Feature.DEVICE, session.getDevice()));
    vector.set(Feature.OS, osCode(session.getOs()));
    vector.set(Feature.REFERRER_CLASS, code(Feature.REFERRER_CLASS, session.getReferrerClass()));
    vector.set(Feature.CAMPAIGN_MEDIUM, campaignCode(session));
    return vector;
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

  private static void start(long startTime, FeatureVector vector) {
    long day = Math.floorDiv(startTime, DAY_MS);
    long hour = Math.floorMod(startTime, DAY_MS) / HOUR_MS;
    vector.set(Feature.START_HOUR_UTC, (int) hour);
    vector.set(Feature.START_WEEKDAY_UTC, Math.floorMod(day + EPOCH_WEEKDAY, 7));
  }

  private static void visitor(Session session, FeatureVector vector) {
    vector.set(Feature.VISITOR_SESSION_NUMBER, session.getVisitorSessionNumber());
    Long sincePrevious = session.getMsSincePreviousSession();
    if (sincePrevious != null) {
      vector.set(Feature.MS_SINCE_PREVIOUS_SESSION, (float) (long) sincePrevious);
    }
  }

  private static float code(Feature feature, @Nullable String value) {
    return value == null ? Float.NaN : feature.codeOf(value.toLowerCase(Locale.ROOT));
  }

  /**
   * The code of an operating system. User-agent parsers disagree on names and add versions: "Mac OS
   * X", "Windows NT 10.0".
   */
  private static float osCode(@Nullable String value) {
    if (value == null) {
      return Float.NaN;
    }
    String os = value.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      return Feature.OS.codeOf("windows");
    }
    if (os.startsWith("mac") || os.startsWith("os x")) {
      return Feature.OS.codeOf("macos");
    }
    if (os.startsWith("chrome") || os.equals("cros")) {
      return Feature.OS.codeOf("chromeos");
    }
    if (os.startsWith("ios") || os.equals("ipados") || os.startsWith("iphone")) {
      return Feature.OS.codeOf("ios");
    }
    if (os.equals("ubuntu") || os.equals("fedora") || os.equals("debian")) {
      return Feature.OS.codeOf("linux");
    }
    return Feature.OS.codeOf(os);
  }

  /**
   * The code of the campaign. A session without a campaign has the code for none; an unknown medium
   * is missing.
   */
  private static float campaignCode(Session session) {
    String medium = session.getCampaignMedium();
    if (medium != null) {
      return code(Feature.CAMPAIGN_MEDIUM, medium);
    }
    boolean hasNone = session.getCampaignSource() == null && session.getCampaignName() == null;
    return hasNone ? Feature.CAMPAIGN_MEDIUM.codeOf("none") : Float.NaN;
  }
}
