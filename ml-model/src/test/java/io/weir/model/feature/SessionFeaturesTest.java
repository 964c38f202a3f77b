package io.weir.model.feature;

import static io.weir.testkit.TestSessions.inputs;
import static io.weir.testkit.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.contract.avro.Session;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionFeaturesTest {
  /** Models in use depend on these values: if one changes, raise the version and train again. */
  @Test
  void schema_isWhatModelsWereTrainedWith() {
    FeatureSchema schema = FeatureSchema.current();

    assertThat(schema.version()).isEqualTo(4);
    assertThat(schema.fingerprint()).isEqualTo("bd4abe848aeeee77");
    assertThat(schema.names()).hasSize(99).doesNotHaveDuplicates();
    assertThat(schema.names().subList(0, 3)).containsExactly("events", "duration_ms", "page_views");
  }

  @Test
  void places_areWhereTheNamesAre() {
    List<String> names = FeatureSchema.current().names();
    for (Feature feature : Feature.values()) {
      int place = FeatureSchema.place(feature);
      assertThat(names.subList(place, place + feature.width())).isEqualTo(feature.places());
    }
  }

  @Test
  void behaviour_comesFromTheFeatureInputs() {
    Session session =
        session("v", 4)
            .setMsSincePreviousSession(86_400_000L)
            .setFeatures(
                inputs()
                    .setEvents(9)
                    .setDurationMs(5_000)
                    .setPageViews(1)
                    .setProductViews(2)
                    .setSearches(3)
                    .setAdImpressions(4)
                    .setAdClicks(5)
                    .setAddToCarts(6)
                    .setRemoveFromCarts(7)
                    .setCheckouts(8)
                    .setUniquePages(10)
                    .setUniqueProducts(11)
                    .setLongestGapMs(1_500)
                    .build())
            .build();

    float[] values = SessionFeatures.of(session, SessionRates.Seen.NOTHING).values();
    assertThat(Arrays.copyOf(values, 13))
        .containsExactly(9, 5_000, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 1_500);
    FeatureVector vector = SessionFeatures.of(session, SessionRates.Seen.NOTHING);
    assertThat(vector.value(Feature.VISITOR_SESSION_NUMBER)).isEqualTo(4);
    assertThat(vector.value(Feature.MS_SINCE_PREVIOUS_SESSION)).isEqualTo(86_400_000);
    assertThat(vector.value(Feature.MEAN_GAP_MS)).isEqualTo(625);
    assertThat(vector.value(Feature.IS_BOUNCE)).isZero();
    assertThat(vector.value(Feature.PRODUCT_SHARE)).isEqualTo(2 / 3f);
    assertThat(vector.value(Feature.CART_ITEMS)).isEqualTo(-1);
  }

  @Test
  void lastEvent_isAWord_andTheLastPriceIsInUnits() {
    Session session =
        session("v", 1)
            .setFeatures(inputs().setLastEvent("checkout").setLastPriceE4(1_299_900L).build())
            .build();

    FeatureVector vector = SessionFeatures.of(session, SessionRates.Seen.NOTHING);

    assertThat(vector.value(Feature.LAST_PRICE)).isEqualTo(129.99f);
    assertThat(lastEvent(session)).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 0, 0);
    session.getFeatures().setLastEvent("refund");
    assertThat(lastEvent(session)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void recordOfAnEarlierVersion_hasNoLastEventAndNoPrice() {
    Session session = session("v", 1).build();

    assertThat(lastEvent(session)).containsOnly(Float.NaN);
    assertThat(SessionFeatures.of(session, SessionRates.Seen.NOTHING).value(Feature.LAST_PRICE))
        .isNaN();
  }

  @Test
  void openSession_differsFromAClosedOneInOnePlace() {
    Session session = session("v", 1).setFeatures(inputs().setLastEvent("search").build()).build();
    float[] closed = SessionFeatures.of(session, SessionRates.Seen.NOTHING).values();
    float[] open = SessionFeatures.ofOpen(session, SessionRates.Seen.NOTHING).values();

    int place = FeatureSchema.place(Feature.IS_OVER);
    assertThat(closed[place]).isEqualTo(1);
    assertThat(open[place]).isZero();
    open[place] = 1;
    assertThat(open).containsExactly(closed);
  }

  private static float[] lastEvent(Session session) {
    float[] values = SessionFeatures.of(session, SessionRates.Seen.NOTHING).values();
    int place = FeatureSchema.place(Feature.LAST_EVENT);
    return Arrays.copyOfRange(values, place, place + Feature.LAST_EVENT.words().size());
  }

  @Test
  void gaps_countAsThirtyMinutesAtMost() {
    Session session =
        session("v", 1)
            .setFeatures(
                inputs().setEvents(2).setDurationMs(9_000_000).setLongestGapMs(9_000_000).build())
            .build();

    FeatureVector vector = SessionFeatures.of(session, SessionRates.Seen.NOTHING);

    assertThat(vector.value(Feature.LONGEST_GAP_MS)).isEqualTo(1_800_000);
    assertThat(vector.value(Feature.MEAN_GAP_MS)).isEqualTo(1_800_000);
  }

  @Test
  void purchaseAsFirstEvent_leavesNothingToDivideBy() {
    Session session =
        session("v", 1)
            .setFeatures(inputs().setEvents(0).setPageViews(0).setDurationMs(0).build())
            .build();

    FeatureVector vector = SessionFeatures.of(session, SessionRates.Seen.NOTHING);

    assertThat(vector.value(Feature.MEAN_GAP_MS)).isNaN();
    assertThat(vector.value(Feature.PRODUCT_SHARE)).isNaN();
    assertThat(vector.value(Feature.IS_BOUNCE)).isZero();
    for (float value : vector.values()) {
      assertThat(Float.isInfinite(value)).isFalse();
    }
  }

  @Test
  void words_haveOnePlaceEach_andOneForAllOthers() {
    assertThat(device("Tablet")).containsExactly(0, 0, 1, 0, 0);
    assertThat(device("toaster")).containsExactly(0, 0, 0, 0, 1);
    assertThat(device(null)).containsOnly(Float.NaN);
  }

  @ParameterizedTest
  @CsvSource({
    "Windows NT, windows",
    "Windows 10, windows",
    "Mac OS X, macos",
    "macOS, macos",
    "Chrome OS, chromeos",
    "Android, android",
    "iPadOS, ios",
    "Ubuntu, linux",
    "Haiku, other",
    "Linux, linux"
  })
  void osNames_ofSeveralParsersMeanTheSame(String name, String word) {
    float[] values =
        SessionFeatures.of(session("v", 1).setOs(name).build(), SessionRates.Seen.NOTHING).values();

    int place = FeatureSchema.place(Feature.OS) + Feature.OS.words().indexOf(word);
    assertThat(values[place]).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1, 3", "-1, -0.258819, 0.965926, 2", "1735727400000, 0.5, -0.866025, 2"})
  void start_givesHourAndWeekdayInUtc(long start, float sine, float cosine, float weekday) {
    FeatureVector vector =
        SessionFeatures.of(session("v", 1).setStartTime(start).build(), SessionRates.Seen.NOTHING);

    int place = FeatureSchema.place(Feature.START_HOUR_UTC);
    assertThat(vector.values()[place]).isCloseTo(sine, within(1e-5f));
    assertThat(vector.values()[place + 1]).isCloseTo(cosine, within(1e-5f));
    assertThat(vector.value(Feature.START_WEEKDAY_UTC)).isEqualTo(weekday);
  }

  @Test
  void campaign_withoutAnyIsNone_withoutMediumIsMissing_withUnknownMediumIsOther() {
    assertThat(campaign(null, null)).isEqualTo(1);
    assertThat(campaign("newsletter", null)).isNaN();
    assertThat(campaign("newsletter", "pigeon")).isZero();
  }

  private static float campaign(@Nullable String source, @Nullable String medium) {
    Session session = session("v", 1).setCampaignSource(source).setCampaignMedium(medium).build();
    return SessionFeatures.of(session, SessionRates.Seen.NOTHING).value(Feature.CAMPAIGN_MEDIUM);
  }

  private static float[] device(@Nullable String device) {
    float[] values =
        SessionFeatures.of(session("v", 1).setDevice(device).build(), SessionRates.Seen.NOTHING)
            .values();
    int place = FeatureSchema.place(Feature.DEVICE);
    return Arrays.copyOfRange(values, place, place + Feature.DEVICE.words().size());
  }
}
