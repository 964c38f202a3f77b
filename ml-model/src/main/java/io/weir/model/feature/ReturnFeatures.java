package io.weir.model.feature;

import io.weir.contract.avro.Session;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes the features of a closed session for the question whether its visitor comes back. The
 * whole session is known, its purchases too; nothing after its end is read.
 */
public final class ReturnFeatures {
  /** Amounts are stored in ten-thousandths. */
  private static final float E4 = 10_000;

  private final float[] values = VectorPlaces.missing(ReturnSchema.current());

  private ReturnFeatures() {}

  public static float[] of(Session session) {
    var vector = new ReturnFeatures();
    vector.counts(session);
    vector.outcome(session);
    vector.end(session.getEndTime());
    vector.visitor(session);
    vector.origin(session);
    return vector.values;
  }

  private void counts(Session session) {
    set(ReturnFeature.EVENTS, session.getEvents());
    set(ReturnFeature.DURATION_MS, (float) session.getDurationMs());
    set(ReturnFeature.PAGE_VIEWS, session.getPageViews());
    set(ReturnFeature.PRODUCT_VIEWS, session.getProductViews());
    set(ReturnFeature.SEARCHES, session.getSearches());
    set(ReturnFeature.AD_IMPRESSIONS, session.getAdImpressions());
    set(ReturnFeature.AD_CLICKS, session.getAdClicks());
    set(ReturnFeature.ADD_TO_CARTS, session.getAddToCarts());
    set(ReturnFeature.REMOVE_FROM_CARTS, session.getRemoveFromCarts());
    set(ReturnFeature.CHECKOUTS, session.getCheckouts());
    set(ReturnFeature.IDENTIFIES, session.getIdentifies());
    set(ReturnFeature.UNIQUE_PAGES, session.getUniquePages());
    set(ReturnFeature.UNIQUE_PRODUCTS, session.getUniqueProducts());
    set(ReturnFeature.UNIQUE_CATEGORIES, session.getUniqueCategories());
    set(ReturnFeature.ENGAGED_MS, (float) session.getEngagedMs());
    int gaps = session.getEvents() - 1;
    boolean hasGaps = gaps >= 1;
    set(ReturnFeature.MEAN_GAP_MS, hasGaps ? (float) session.getDurationMs() / gaps : Float.NaN);
  }

  private void outcome(Session session) {
    set(ReturnFeature.PURCHASES, session.getPurchases());
    set(ReturnFeature.REFUNDS, session.getRefunds());
    set(ReturnFeature.FUNNEL_STEP, session.getFunnelStep());
    set(ReturnFeature.IS_CONVERTED, session.getIsConverted() ? 1 : 0);
    set(ReturnFeature.IS_CART_ABANDONED, session.getIsCartAbandoned() ? 1 : 0);
    set(ReturnFeature.REVENUE, amount(session.getRevenueE4()));
  }

  /** Amounts of several currencies have no sum. */
  private static float amount(@Nullable Map<String, Long> byCurrency) {
    if (byCurrency == null || byCurrency.size() > 1) {
      return Float.NaN;
    }
    return byCurrency.isEmpty() ? 0 : byCurrency.values().iterator().next() / E4;
  }

  private void end(long time) {
    int place = ReturnSchema.place(ReturnFeature.END_HOUR_UTC);
    VectorPlaces.hour(values, place, VectorPlaces.hourOf(time));
    set(ReturnFeature.END_WEEKDAY_UTC, VectorPlaces.weekdayOf(time));
  }

  private void visitor(Session session) {
    set(ReturnFeature.VISITOR_SESSION_NUMBER, session.getVisitorSessionNumber());
    Long sincePrevious = session.getMsSincePreviousSession();
    if (sincePrevious != null) {
      set(ReturnFeature.MS_SINCE_PREVIOUS_SESSION, (float) (long) sincePrevious);
    }
  }

  private void origin(Session session) {
    set(ReturnFeature.DEVICE, SessionFeatures.lower(session.getDevice()));
    set(ReturnFeature.BROWSER, SessionFeatures.lower(session.getBrowser()));
    set(ReturnFeature.OS, SessionFeatures.os(SessionFeatures.lower(session.getOs())));
    set(ReturnFeature.COUNTRY, SessionFeatures.lower(session.getCountry()));
    set(ReturnFeature.REFERRER_CLASS, SessionFeatures.lower(session.getReferrerClass()));
    set(ReturnFeature.CAMPAIGN_MEDIUM, SessionFeatures.medium(session));
  }

  private void set(ReturnFeature feature, float value) {
    values[ReturnSchema.place(feature)] = value;
  }

  private void set(ReturnFeature feature, @Nullable String word) {
    VectorPlaces.word(values, ReturnSchema.place(feature), feature.words(), word);
  }
}
