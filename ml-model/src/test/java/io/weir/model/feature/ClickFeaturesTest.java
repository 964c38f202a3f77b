package io.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClickFeaturesTest {
  /** A Thursday, six in the morning. */
  private static final long START = 6 * 3_600_000L;

  private static final long SECOND = 1_000;
  private static final long GAP = VisitorPast.SESSION_GAP_MS;
  private static final ClickRates RATES =
      new ClickRates(
          new ClickRates.Table(0.01, Map.of("a1", 0.25)),
          new ClickRates.Table(0.02, Map.of()),
          ClickRates.Table.NOTHING);

  private final VisitorPast past = new VisitorPast();

  @Test
  void firstEvent_hasNoPast() {
    float[] vector = vector(impression("a1", "3", START));

    assertThat(value(vector, ClickFeature.SESSION_EVENTS)).isZero();
    assertThat(value(vector, ClickFeature.MS_SINCE_SESSION_START)).isZero();
    assertThat(value(vector, ClickFeature.MS_SINCE_PREVIOUS_EVENT)).isNaN();
    assertThat(value(vector, ClickFeature.SESSIONS_BEFORE)).isZero();
    assertThat(value(vector, ClickFeature.MS_SINCE_PREVIOUS_SESSION)).isNaN();
    assertThat(value(vector, ClickFeature.POSITION)).isEqualTo(3);
    assertThat(value(vector, ClickFeature.AD_RATE)).isEqualTo(0.25f);
    assertThat(value(vector, ClickFeature.PAGE_RATE)).isEqualTo(0.02f);
    assertThat(value(vector, ClickFeature.POSITION_RATE)).isNaN();
    assertThat(value(vector, ClickFeature.HOUR_UTC)).isEqualTo(1);
    assertThat(value(vector, ClickFeature.WEEKDAY_UTC)).isEqualTo(3);
  }

  @Test
  void sessionSoFar_isCounted() {
    past.add(event("page_view", START));
    past.add(event("product_view", START + SECOND));
    past.add(event("product_view", START + 2 * SECOND));
    past.add(impression("a1", "1", START + 3 * SECOND));
    past.add(click("a1", START + 4 * SECOND));

    float[] vector = vector(impression("a2", "top", START + 10 * SECOND));

    assertThat(value(vector, ClickFeature.SESSION_EVENTS)).isEqualTo(5);
    assertThat(value(vector, ClickFeature.SESSION_PAGE_VIEWS)).isEqualTo(1);
    assertThat(value(vector, ClickFeature.SESSION_PRODUCT_VIEWS)).isEqualTo(2);
    assertThat(value(vector, ClickFeature.SESSION_IMPRESSIONS)).isEqualTo(1);
    assertThat(value(vector, ClickFeature.SESSION_CLICKS)).isEqualTo(1);
    assertThat(value(vector, ClickFeature.MS_SINCE_SESSION_START)).isEqualTo(10_000);
    assertThat(value(vector, ClickFeature.MS_SINCE_PREVIOUS_EVENT)).isEqualTo(6_000);
    assertThat(value(vector, ClickFeature.AD_IMPRESSIONS_BEFORE)).isZero();
    assertThat(value(vector, ClickFeature.MS_SINCE_AD_IMPRESSION)).isNaN();
    assertThat(value(vector, ClickFeature.POSITION)).isNaN();
  }

  @Test
  void pauseLongerThanTheGap_beginsASession() {
    past.add(impression("a1", "1", START));
    past.add(event("purchase", START + SECOND));

    float[] same = vector(impression("a1", "1", START + SECOND + GAP));
    float[] next = vector(impression("a1", "1", START + SECOND + GAP + 1));

    assertThat(value(same, ClickFeature.SESSION_EVENTS)).isEqualTo(2);
    assertThat(value(same, ClickFeature.SESSIONS_BEFORE)).isZero();
    assertThat(value(next, ClickFeature.SESSION_EVENTS)).isZero();
    assertThat(value(next, ClickFeature.SESSIONS_BEFORE)).isEqualTo(1);
    assertThat(value(next, ClickFeature.MS_SINCE_PREVIOUS_SESSION)).isEqualTo((float) (GAP + 1));
    assertThat(value(next, ClickFeature.PURCHASES_BEFORE)).isEqualTo(1);
    assertThat(value(next, ClickFeature.AD_IMPRESSIONS_BEFORE)).isEqualTo(1);
    assertThat(value(next, ClickFeature.MS_SINCE_AD_IMPRESSION))
        .isEqualTo((float) (GAP + 1 + SECOND));
  }

  @Test
  void eventThatComesLate_countsButTurnsBackNoClock() {
    past.add(event("page_view", START));
    past.add(event("page_view", START + 20 * SECOND));
    past.add(event("search", START + 5 * SECOND));

    float[] vector = vector(impression("a1", "1", START + 21 * SECOND));

    assertThat(value(vector, ClickFeature.SESSION_SEARCHES)).isEqualTo(1);
    assertThat(value(vector, ClickFeature.MS_SINCE_PREVIOUS_EVENT)).isEqualTo(1_000);
  }

  @Test
  void adsBeyondTheLimit_leaveInTheOrderInWhichTheyWereSeen() {
    for (int ad = 0; ad < VisitorPast.MOST_ADS; ad++) {
      past.add(impression("a" + ad, "1", START));
    }
    past.add(impression("a0", "1", START));
    past.add(impression("more", "1", START));

    float[] forgotten = vector(impression("a1", "1", START + SECOND));
    float[] seenAgain = vector(impression("a0", "1", START + SECOND));
    float[] latest = vector(impression("more", "1", START + SECOND));

    assertThat(value(forgotten, ClickFeature.AD_IMPRESSIONS_BEFORE)).isZero();
    assertThat(value(seenAgain, ClickFeature.AD_IMPRESSIONS_BEFORE)).isEqualTo(2);
    assertThat(value(latest, ClickFeature.AD_IMPRESSIONS_BEFORE)).isEqualTo(1);
  }

  @Test
  void origin_isTheFirstEventsOfTheSession() {
    past.add(
        new VisitorEvent(
            "page_view", START, null, null, "/", null, null, null, null, "search", "cpc", true));

    float[] vector = vector(impression("a1", "1", START + SECOND));

    assertThat(place(vector, "referrer_class=search")).isEqualTo(1);
    assertThat(place(vector, "referrer_class=internal")).isZero();
    assertThat(place(vector, "campaign_medium=cpc")).isEqualTo(1);
    assertThat(place(vector, "device=mobile")).isEqualTo(1);
    assertThat(place(vector, "browser=other")).isEqualTo(1);
    assertThat(place(vector, "os=windows")).isNaN();
  }

  @Test
  void schema_changesOnlyWithTheVersion() {
    assertThat(ClickSchema.current().fingerprint()).isEqualTo("f8e0fb851c1b11ff");
    assertThat(ClickSchema.current().names()).doesNotHaveDuplicates();
  }

  private float[] vector(VisitorEvent impression) {
    return ClickFeatures.of(past, impression, RATES.of(impression));
  }

  private static float value(float[] vector, ClickFeature feature) {
    return vector[ClickSchema.place(feature)];
  }

  private static float place(float[] vector, String name) {
    return vector[ClickSchema.current().names().indexOf(name)];
  }

  private static VisitorEvent event(String type, long time) {
    return event(type, null, null, time);
  }

  private static VisitorEvent impression(String ad, String position, long time) {
    return event("ad_impression", ad, position, time);
  }

  private static VisitorEvent click(String ad, long time) {
    return event("ad_click", ad, null, time);
  }

  private static VisitorEvent event(
      String type, @Nullable String ad, @Nullable String position, long time) {
    return new VisitorEvent(
        type, time, ad, position, "/p", "mobile", "lynx", null, "us", "internal", null, false);
  }
}
