package io.weir.model.feature;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Computes the features of an ad impression from what its visitor did before, what the impression
 * itself says, and how often ad, page and position were clicked on earlier days. Nothing that
 * happens after the impression is read.
 */
public final class ClickFeatures {
  private static final long HOUR_MS = 3_600_000L;
  private static final long DAY_MS = 24 * HOUR_MS;
  private static final double HOURS = 24;

  /** 1 January 1970 was a Thursday; Monday is 0. */
  private static final int EPOCH_WEEKDAY = 3;

  private final float[] values = new float[ClickSchema.current().size()];

  private ClickFeatures() {
    Arrays.fill(values, Float.NaN);
  }

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
    origin(impression);
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
    VisitorEvent first = past.first();
    if (first != null) {
      origin(first);
    }
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

  private void origin(VisitorEvent first) {
    set(ClickFeature.REFERRER_CLASS, first.referrerClass());
    // A campaign without a medium is missing.
    String medium = first.campaignMedium();
    set(ClickFeature.CAMPAIGN_MEDIUM, medium == null && !first.hasCampaign() ? "none" : medium);
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
    long hour = Math.floorMod(time, DAY_MS) / HOUR_MS;
    double angle = 2 * Math.PI * hour / HOURS;
    int place = ClickSchema.place(ClickFeature.HOUR_UTC);
    values[place] = (float) StrictMath.sin(angle);
    values[place + 1] = (float) StrictMath.cos(angle);
    long day = Math.floorDiv(time, DAY_MS);
    set(ClickFeature.WEEKDAY_UTC, Math.floorMod(day + EPOCH_WEEKDAY, 7));
  }

  private void set(ClickFeature feature, float value) {
    values[ClickSchema.place(feature)] = value;
  }

  private void set(ClickFeature feature, @Nullable String word) {
    if (word == null) {
      return;
    }
    int place = ClickSchema.place(feature);
    int width = feature.words().size();
    Arrays.fill(values, place, place + width, 0);
    int known = feature.words().indexOf(word);
    values[place + (known < 0 ? width - 1 : known)] = 1;
  }
}
