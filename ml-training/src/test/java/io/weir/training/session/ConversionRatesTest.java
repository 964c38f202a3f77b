package io.weir.training.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.contract.avro.Session;
import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureSchema;
import io.weir.model.feature.SessionRates;
import io.weir.testkit.TestSessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sessions of eight days, 400 a day; those of the campaign "spring" convert more often. */
class ConversionRatesTest {
  private static final long DAY = 24 * 3_600_000L;
  private static final long GAP = 30 * 60_000;
  private static final long FIRST = Math.floorDiv(TestSessions.START, DAY) * DAY;
  private static final int DAYS = 8;
  private static final int A_DAY = 400;

  @Test
  void rates_areThoseOfTheDaysBefore() {
    List<Session> sessions = sessions(new Random(1), Long.MAX_VALUE);

    List<LabelledRow> rows = set(sessions).rows().rows();

    assertThat(rate(rows.getFirst(), Feature.CAMPAIGN_RATE)).isNaN();
    Session last = sessions.getLast();
    LabelledRow ofLast = rows.getLast();
    assertThat(ofLast.time()).isEqualTo(last.getStartTime());
    List<Session> before =
        sessions.stream().filter(each -> each.getEndTime() + GAP < midnight(last)).toList();
    assertThat(rate(ofLast, Feature.CAMPAIGN_RATE))
        .isCloseTo((float) smoothed(before, last.getCampaignName()), within(1e-6f));
    assertThat(rate(ofLast, Feature.LANDING_RATE)).isBetween(0.2f, 0.5f);
  }

  @Test
  void served_areTheRatesOfAllDays_alsoOnTheFirst() {
    List<Session> sessions = sessions(new Random(1), Long.MAX_VALUE);
    SessionSet set = set(sessions);

    LabelledRow first = set.rows().rows().getFirst();

    Session session = sessions.getFirst();
    assertThat(first.served())
        .containsExactly(
            set.rates().campaign().rate(session.getCampaignName()),
            set.rates().landing().rate(session.getEntryPage()));
  }

  /** All outcomes that are not known at midnight are turned around. */
  @Test
  void whatIsNotKnownAtMidnight_changesNoVector() {
    long cut = FIRST + 5 * DAY;
    List<LabelledRow> rows = set(sessions(new Random(1), Long.MAX_VALUE)).rows().rows();
    List<LabelledRow> mutated = set(sessions(new Random(1), cut)).rows().rows();

    int compared = 0;
    for (int at = 0; at < rows.size(); at++) {
      LabelledRow row = rows.get(at);
      if (row.time() < cut + DAY) {
        assertThat(mutated.get(at).time()).isEqualTo(row.time());
        assertThat(rates(mutated.get(at))).containsExactly(rates(row));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(6 * A_DAY);
    assertThat(rate(mutated.getLast(), Feature.CAMPAIGN_RATE))
        .isNotEqualTo(rate(rows.getLast(), Feature.CAMPAIGN_RATE));
  }

  @Test
  void ofAllDays_knowNewCampaignsByTheShareOfAll() {
    List<Session> sessions = sessions(new Random(1), Long.MAX_VALUE);
    SessionSet set = set(sessions);
    var _ = set.rows();

    SessionRates rates = set.rates();

    assertThat(rates.of(session("spring")).campaign())
        .isCloseTo((float) smoothed(sessions, "spring"), within(1e-6f));
    assertThat(rates.of(session("never seen")).campaign())
        .isCloseTo((float) share(sessions), within(1e-6f));
    assertThat(rates.of(TestSessions.session("v", 1).setEntryPage(null).build()).landing()).isNaN();
  }

  private static Session session(String campaign) {
    return TestSessions.session("v", 1).setCampaignName(campaign).build();
  }

  private static long midnight(Session session) {
    return Math.floorDiv(session.getStartTime(), DAY) * DAY;
  }

  private static double smoothed(List<Session> sessions, String campaign) {
    List<Session> of =
        sessions.stream().filter(each -> campaign.equals(each.getCampaignName())).toList();
    double weight = RateLearning.WEIGHT_OF_ALL;
    return (of.size() * share(of) + weight * share(sessions)) / (of.size() + weight);
  }

  private static double share(List<Session> sessions) {
    return sessions.stream().filter(Session::getIsConverted).count() / (double) sessions.size();
  }

  /**
   * Each session that ends after the cut has another outcome. Those that begin a day later have
   * other campaigns and pages, too.
   */
  private static List<Session> sessions(Random random, long cut) {
    var sessions = new ArrayList<Session>();
    for (int number = 0; number < DAYS * A_DAY; number++) {
      long start = FIRST + number * (DAY / A_DAY);
      long end = start + random.nextInt(3_600_000);
      boolean isSpring = random.nextBoolean();
      boolean isConverted = random.nextDouble() < (isSpring ? 0.5 : 0.2);
      String page = random.nextBoolean() ? "shop.example/" : "shop.example/sale";
      boolean isOther = end + GAP >= cut;
      boolean isLater = start - DAY >= cut;
      sessions.add(
          TestSessions.session("visitor-" + number, number)
              .setSessionKey("session-%05d".formatted(number))
              .setStartTime(start)
              .setEndTime(end)
              .setCampaignName(isSpring || isLater ? "spring" : "autumn")
              .setEntryPage(isLater ? "other" : page)
              .setIsConverted(isOther != isConverted)
              .build());
    }
    return sessions;
  }

  private static SessionSet set(List<Session> sessions) {
    var set = new SessionSet("test", null, LakeSessions.Range.ALL);
    sessions.forEach(set::add);
    return set;
  }

  private static float[] rates(LabelledRow row) {
    return new float[] {rate(row, Feature.CAMPAIGN_RATE), rate(row, Feature.LANDING_RATE)};
  }

  private static float rate(LabelledRow row, Feature feature) {
    return row.vector()[FeatureSchema.place(feature)];
  }
}
