package io.weir.scoring.feature;

import static io.weir.testkit.TestSessions.START;
import static io.weir.testkit.TestSessions.inputs;
import static io.weir.testkit.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionFeaturesTest {
  @Test
  void outcomeAndTotals_changeNothing() {
    Session before = session("v", 1).setDevice("mobile").build();
    Session after =
        Session.newBuilder(before)
            .setIsConverted(true)
            .setIsCartAbandoned(true)
            .setIsBounce(true)
            .setPurchases(3)
            .setRevenueE4(Map.of("EUR", 990_000L))
            .setEndTime(START + 9_000_000)
            .setDurationMs(9_000_000)
            .setEvents(77)
            .setPageViews(40)
            .setProductViews(20)
            .setSearches(5)
            .setAdImpressions(4)
            .setAdClicks(3)
            .setAddToCarts(9)
            .setRemoveFromCarts(2)
            .setCheckouts(4)
            .setIdentifies(1)
            .setPagePings(6)
            .setOtherEvents(7)
            .setUniquePages(33)
            .setPages(List.of("/thanks"))
            .setUniqueProducts(12)
            .setProducts(List.of("p"))
            .setUniqueCategories(2)
            .setCategories(List.of("c"))
            .setExitPage("/thanks")
            .setUserId("u")
            .setLateEvents(5)
            .setRevision(4)
            .build();

    assertThat(SessionFeatures.of(after).values())
        .containsExactly(SessionFeatures.of(before).values());
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
            .setDevice("tablet")
            .setOs("iOS")
            .setReferrerClass("search")
            .setCampaignMedium("cpc")
            .build();

    assertThat(SessionFeatures.of(session).values())
        .containsExactly(
            9, 5_000, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 1_500, 10, 2, 4, 86_400_000, 2, 5, 2, 1);
  }

  @Test
  void unknownValues_areMissing() {
    FeatureVector vector = SessionFeatures.of(session("v", 1).setDevice("toaster").build());

    assertThat(vector.value(Feature.DEVICE)).isNaN();
    assertThat(vector.value(Feature.OS)).isNaN();
    assertThat(vector.value(Feature.REFERRER_CLASS)).isNaN();
    assertThat(vector.value(Feature.MS_SINCE_PREVIOUS_SESSION)).isNaN();
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
    "Linux, linux"
  })
  void osNames_ofSeveralParsersMeanTheSame(String name, String word) {
    Session session = session("v", 1).setOs(name).build();

    assertThat(SessionFeatures.of(session).value(Feature.OS)).isEqualTo(Feature.OS.codeOf(word));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 3", "-1, 23, 2", "345600000, 0, 0", "1735727400000, 10, 2"})
  void start_givesHourAndWeekdayInUtc(long start, float hour, float weekday) {
    FeatureVector vector = SessionFeatures.of(session("v", 1).setStartTime(start).build());

    assertThat(vector.value(Feature.START_HOUR_UTC)).isEqualTo(hour);
    assertThat(vector.value(Feature.START_WEEKDAY_UTC)).isEqualTo(weekday);
  }

  @Test
  void campaign_withoutAnyIsNone() {
    assertThat(campaign(null, null)).isZero();
  }

  @Test
  void campaign_withoutMediumIsMissing() {
    assertThat(campaign("newsletter", null)).isNaN();
  }

  @Test
  void campaign_withUnheardOfMediumIsMissing() {
    assertThat(campaign("newsletter", "pigeon")).isNaN();
  }

  private static float campaign(@Nullable String source, @Nullable String medium) {
    Session session = session("v", 1).setCampaignSource(source).setCampaignMedium(medium).build();
    return SessionFeatures.of(session).value(Feature.CAMPAIGN_MEDIUM);
  }
}
