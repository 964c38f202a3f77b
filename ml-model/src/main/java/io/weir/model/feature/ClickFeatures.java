package io.weir.model.feature;

import org.jspecify.annotations.Nullable;

/**
 * Computes the features of an ad impression from what its visitor did before, what the impression
 * itself says, and how often ad, page and position were clicked on earlier days. Nothing that
 * happens after the impression is read.
 */
public final class ClickFeatures {
  private final float[] values = VectorPlaces.missing(ClickSchema.current());

  private ClickFeatures() {}

  /**
   * The vector of an impression.
   *
   * @param past without the impression itself
   */
  public static float[] of(VisitorPast past, VisitorEvent impression, ClickRates.Seen rates) {
    var vector = new ClickFeatures();
    if (past.isNewSession(impression.time())) {
      vector.newSession(past, impression);
    } else {
      vector.session(past, impression);
    }
    vector.visitor(past);
    vector.ad(past, impression);
    vector.set(ClickFeature.AD_RATE, rates.ad());
    vector.set(ClickFeature.PAGE_RATE, rates.page());
    vector.set(ClickFeature.POSITION_RATE, rates.position());
    vector.time(impression.time());
    vector.set(ClickFeature.DEVICE, impression.device());
    vector.set(ClickFeature.BROWSER, impression.browser());
    vector.set(ClickFeature.OS, impression.os());
    vector.set(ClickFeature.COUNTRY, impression.country());
    return vector.values;
  }

  private void newSession(VisitorPast past, VisitorEvent impression) {
    set(ClickFeature.SESSION_EVENTS, 0);
    set(ClickFeature.MS_SINCE_SESSION_START, 0);
    counts(new VisitorPast.Sums());
    set(ClickFeature.SESSIONS_BEFORE, past.sessions());
    if (past.sessions() > 0) {
      set(ClickFeature.MS_SINCE_PREVIOUS_SESSION, (float) (impression.time() - past.latest()));
    }
    origin(SessionOrigin.of(impression));
  }

  private void session(VisitorPast past, VisitorEvent impression) {
    set(ClickFeature.SESSION_EVENTS, past.session().events());
    set(ClickFeature.MS_SINCE_SESSION_START, (float) Math.max(0, impression.time() - past.start()));
    set(
        ClickFeature.MS_SINCE_PREVIOUS_EVENT,
        (float) Math.max(0, impression.time() - past.latest()));
    counts(past.session());
    set(ClickFeature.SESSIONS_BEFORE, past.sessions() - 1);
    if (past.pause() >= 0) {
      set(ClickFeature.MS_SINCE_PREVIOUS_SESSION, (float) past.pause());
    }
    origin(past.origin());
  }

  private void counts(VisitorPast.Sums session) {
    set(ClickFeature.SESSION_PAGE_VIEWS, session.pageViews());
    set(ClickFeature.SESSION_PRODUCT_VIEWS, session.productViews());
    set(ClickFeature.SESSION_SEARCHES, session.searches());
    set(ClickFeature.SESSION_ADD_TO_CARTS, session.carts());
    set(ClickFeature.SESSION_PURCHASES, session.purchases());
    set(ClickFeature.SESSION_IMPRESSIONS, session.impressions());
    set(ClickFeature.SESSION_CLICKS, session.clicks());
  }

  private void origin(SessionOrigin origin) {
    set(ClickFeature.REFERRER_CLASS, origin.referrerClass());
    set(ClickFeature.CAMPAIGN_MEDIUM, origin.campaignMedium());
  }

  private void visitor(VisitorPast past) {
    set(ClickFeature.PURCHASES_BEFORE, past.all().purchases());
    set(ClickFeature.IMPRESSIONS_BEFORE, past.all().impressions());
    set(ClickFeature.CLICKS_BEFORE, past.all().clicks());
  }

  private void ad(VisitorPast past, VisitorEvent impression) {
    String ad = impression.ad();
    if (ad != null) {
      VisitorPast.AdPast known = past.ad(ad);
      set(ClickFeature.AD_IMPRESSIONS_BEFORE, known == null ? 0 : known.impressions());
      set(ClickFeature.AD_CLICKS_BEFORE, known == null ? 0 : known.clicks());
      if (known != null && known.impressions() > 0) {
        long since = impression.time() - known.latestImpression();
        set(ClickFeature.MS_SINCE_AD_IMPRESSION, (float) Math.max(0, since));
      }
    }
    set(ClickFeature.POSITION, number(impression.position()));
  }

  /** A short whole number; missing if the text is none. */
  private static float number(@Nullable String text) {
    boolean isNumber =
        text != null
            && !text.isEmpty()
            && text.length() <= 6
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(text) : Float.NaN;
  }

  private void time(long time) {
    int place = ClickSchema.place(ClickFeature.HOUR_UTC);
    VectorPlaces.hour(values, place, VectorPlaces.hourOf(time));
    set(ClickFeature.WEEKDAY_UTC, VectorPlaces.weekdayOf(time));
  }

  private void set(ClickFeature feature, float value) {
    values[ClickSchema.place(feature)] = value;
  }

  private void set(ClickFeature feature, @Nullable String word) {
    VectorPlaces.word(values, ClickSchema.place(feature), feature.words(), word);
  }
}
