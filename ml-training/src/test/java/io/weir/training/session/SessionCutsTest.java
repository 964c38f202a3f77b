package io.weir.training.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureSchema;
import io.weir.model.feature.SessionFeatures;
import io.weir.model.feature.SessionRates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SessionCutsTest {
  private static final CutPlan PLAN = new CutPlan(3, 1, Optional.empty());
  private static final int EVENTS = FeatureSchema.place(Feature.EVENTS);
  private static final int IS_OVER = FeatureSchema.place(Feature.IS_OVER);
  private static final int LAST_EVENT = FeatureSchema.place(Feature.LAST_EVENT);

  private final PlantedVisits visits = PlantedVisits.planted(1_000, 1);

  @Test
  void length_isEachWithTheSameChance_andFollowsFromKeyAndSeed() {
    var counts = new int[6];
    var other = new CutPlan(3, 2, Optional.empty());
    int equal = 0;
    for (int key = 0; key < 30_000; key++) {
      int length = PLAN.length("session-" + key, key % 3, 5);
      counts[length]++;
      assertThat(PLAN.length("session-" + key, key % 3, 5)).isEqualTo(length);
      equal += other.length("session-" + key, key % 3, 5) == length ? 1 : 0;
    }

    assertThat(counts[0]).isZero();
    for (int length = 1; length <= 5; length++) {
      assertThat(counts[length]).isBetween(5_700, 6_300);
    }
    assertThat(equal).isBetween(5_700, 6_300);
  }

  @Test
  void sessionWithOneEvent_isCutAfterIt() {
    for (int number = 0; number < 100; number++) {
      assertThat(PLAN.length("session", number, 1)).isEqualTo(1);
    }
  }

  @Test
  void bothOutcomes_areCutAlike_andNeverAfterTheFirstPurchase() {
    Map<String, LabelledRow> rows = rows(visits.sessions(), visits.events(), PLAN);
    var shares = new HashMap<Boolean, List<Double>>();
    for (Session session : visits.sessions()) {
      LabelledRow row = Objects.requireNonNull(rows.get(session.getVisitorId()));
      assertThat(row.prefixes()).hasSize(3);
      for (float[] prefix : row.prefixes()) {
        int before = session.getFeatures().getEvents();
        assertThat(prefix[EVENTS]).isBetween(1f, (float) before);
        // The mean of a uniform length is half of one more.
        shares
            .computeIfAbsent(row.outcome(), _ -> new ArrayList<>())
            .add(2.0 * prefix[EVENTS] / (before + 1));
      }
    }
    assertThat(shares).hasSize(2);
    shares
        .values()
        .forEach(each -> {
          assertThat(each).hasSizeGreaterThan(600);
          assertThat(each.stream().mapToDouble(share -> share).average().orElseThrow())
              .isBetween(0.95, 1.05);
        });
  }

  @Test
  void prefixOfFullLength_isTheSessionItself_butNotOver() {
    Map<String, LabelledRow> rows = rows(visits.sessions(), visits.events(), PLAN);
    int whole = 0;
    for (LabelledRow row : rows.values()) {
      for (float[] prefix : row.prefixes()) {
        if (prefix[EVENTS] == row.vector()[EVENTS] && !row.outcome()) {
          float[] open = row.vector().clone();
          assertThat(open[IS_OVER]).isEqualTo(1);
          open[IS_OVER] = 0;
          assertThat(prefix).containsExactly(open);
          whole++;
        }
      }
    }
    assertThat(whole).isGreaterThan(200);
  }

  @Test
  void orderOfReading_changesNothing() {
    List<Session> sessions = new ArrayList<>(visits.sessions());
    List<EnrichedEvent> events = new ArrayList<>(visits.events());
    Collections.shuffle(sessions, new Random(3));
    Collections.shuffle(events, new Random(4));
    assertThat(ties()).isGreaterThan(300);

    Map<String, LabelledRow> one = rows(visits.sessions(), visits.events(), PLAN);
    Map<String, LabelledRow> other = rows(sessions, events, PLAN);

    one.forEach((visitor, row) ->
        assertThat(Objects.requireNonNull(other.get(visitor)).prefixes())
            .usingElementComparator(java.util.Arrays::compare)
            .containsExactlyElementsOf(row.prefixes()));
  }

  private int ties() {
    var seen = new HashSet<String>();
    int ties = 0;
    for (EnrichedEvent event : visits.events()) {
      ties += seen.add(event.getVisitorId() + event.getEventTime()) ? 0 : 1;
    }
    return ties;
  }

  /** Else a missing last event would tell that a session is over. */
  @Test
  void prefixesOfARecordOfAnEarlierVersion_lackWhatItLacks() {
    List<Session> sessions =
        visits.sessions().stream()
            .map(session -> {
              Session earlier = Session.newBuilder(session).build();
              earlier.getFeatures().setLastEvent(null);
              earlier.getFeatures().setLastPriceE4(null);
              return earlier;
            })
            .toList();

    Map<String, LabelledRow> rows = rows(sessions, visits.events(), PLAN);

    assertThat(rows.values())
        .allSatisfy(row -> {
          assertThat(row.prefixes()).hasSize(3);
          assertThat(row.prefixes())
              .allSatisfy(prefix -> {
                assertThat(prefix[LAST_EVENT]).isNaN();
                assertThat(prefix[FeatureSchema.place(Feature.LAST_PRICE)]).isNaN();
              });
        });
  }

  /** Everything after the cut may change, in the events and in the record of the session. */
  @Test
  void whatComesAfterTheCut_changesNoFeature() {
    var random = new Random(5);
    int unknown = 0;
    for (Session session : visits.sessions()) {
      List<SessionStep> steps = steps(session);
      int length = PLAN.length(session.getSessionKey(), 0, steps.size());
      float[] expected = vector(session, steps, length);
      int known =
          steps.subList(0, length).stream()
              .mapToInt(SessionStep::known)
              .reduce(0, (one, other) -> one | other);
      unknown += (known & SessionStep.COUNTRY) == 0 ? 1 : 0;
      var later = new ArrayList<>(steps.subList(0, length));
      for (int more = random.nextInt(5); more > 0; more--) {
        long time = later.getLast().time() + random.nextInt(9_000);
        var after =
            new SessionStep(time, 0, (byte) random.nextInt(9), (byte) 63, 77, new long[] {7}, 0);
        later.add(after);
      }
      assertThat(vector(changedAfter(session, known, random), later, length))
          .containsExactly(expected);
    }
    assertThat(unknown).isBetween(100, 900);
  }

  /** The outcome, the totals, and of the origin what the prefix does not know. */
  private static Session changedAfter(Session session, int known, Random random) {
    Session changed = Session.newBuilder(session).build();
    changed.setIsConverted(random.nextBoolean());
    changed.setFeatures(
        io.weir.testkit.TestSessions.inputs()
            .setEvents(99)
            .setLastEvent("checkout")
            .setLastPriceE4(7L)
            .build());
    changed.setFunnelViewTime(random.nextLong());
    changed.setFunnelCartTime(random.nextLong());
    changed.setFunnelCheckoutTime(random.nextLong());
    changed.setReferrerClass("paid");
    changed.setCampaignName("later");
    changed.setCampaignMedium("email");
    changed.setBrowser("firefox");
    changed.setOs("linux");
    if ((known & SessionStep.DEVICE) == 0) {
      changed.setDevice("desktop");
    }
    if ((known & SessionStep.COUNTRY) == 0) {
      changed.setCountry("fr");
    }
    for (Schema.Field field : Session.getClassSchema().getFields()) {
      if (field.schema().getType() == Schema.Type.INT
          && !field.name().equals("visitor_session_number")) {
        changed.put(field.pos(), random.nextInt());
      }
    }
    return changed;
  }

  private static float[] vector(Session session, List<SessionStep> steps, int length) {
    var prefix = new SessionPrefix(session, steps);
    prefix.extendTo(length);
    return SessionFeatures.of(prefix.session(), SessionRates.Seen.NOTHING).values();
  }

  private List<SessionStep> steps(Session session) {
    return visits.events().stream()
        .filter(event -> event.getVisitorId().equals(session.getVisitorId()))
        .filter(event -> event.getEventTime() <= session.getEndTime())
        .map(SessionStep::of)
        .sorted(CutSession.IN_TIME)
        .toList();
  }

  @Test
  void sessionWhoseEventsAreNotThoseItWasMadeOf_isNotCut_andCounted() {
    List<EnrichedEvent> events =
        visits.events().stream()
            .filter(event -> !event.getEventId().equals("e-7-0"))
            .map(event ->
                event.getEventId().equals("e-8-0")
                    ? EnrichedEvent.newBuilder(event).setEventType("checkout").build()
                    : event)
            .toList();
    SessionSet set = set(visits.sessions(), events, PLAN);

    LabelledRows rows = set.rows();

    assertThat(rows.source().cuts()).isEqualTo(new CutReport(3, null, 998, 2, 1, false));
    assertThat(rows.rows())
        .filteredOn(row -> row.prefixes().isEmpty())
        .extracting(LabelledRow::visitor)
        .containsExactly("visitor-7", "visitor-8");
  }

  @Test
  void newerRevision_replacesTheEarlier_andARetractedSessionIsNotCut() {
    Session first = visits.sessions().getFirst();
    Session early = Session.newBuilder(first).setRevision(0).build();
    early.getFeatures().setEvents(17);
    Session newest = Session.newBuilder(first).setRevision(1).build();
    Session retracted =
        Session.newBuilder(visits.sessions().get(1)).setRevision(3).setIsRetracted(true).build();
    List<Session> all = List.of(early, newest, visits.sessions().get(1), retracted);

    LabelledRows rows = set(all, visits.events(), PLAN).rows();

    assertThat(rows.source().cuts()).isEqualTo(new CutReport(3, null, 1, 0, 1, false));
    assertThat(rows.rows()).hasSize(1);
  }

  @Test
  void tooManyEvents_areASampleOfSessions() {
    var cuts = new SessionCuts(PLAN, 4_000);
    visits.sessions().forEach(session -> cuts.note(session, true));
    visits.events().forEach(cuts::add);

    long held =
        visits.sessions().stream()
            .filter(session -> !cuts.of(session.getSessionKey()).isEmpty())
            .mapToLong(session -> session.getFeatures().getEvents() + 8 + 4 * 3)
            .sum();

    assertThat(held).isBetween(2_000L, 4_000L);
    assertThat(cuts.share()).isEqualTo(0.125);
    assertThat(cuts.unlike()).isZero();
  }

  private static Map<String, LabelledRow> rows(
      List<Session> sessions, List<EnrichedEvent> events, CutPlan plan) {
    var rows = new HashMap<String, LabelledRow>();
    set(sessions, events, plan).rows().rows().forEach(row -> rows.put(row.visitor(), row));
    return rows;
  }

  private static SessionSet set(List<Session> sessions, List<EnrichedEvent> events, CutPlan plan) {
    var set = new SessionSet("test", null, LakeSessions.Range.ALL, plan);
    sessions.forEach(set::add);
    events.forEach(set.cuts()::add);
    return set;
  }
}
