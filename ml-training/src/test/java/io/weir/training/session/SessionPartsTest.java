package io.weir.training.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureSchema;
import io.weir.process.StartupException;
import io.weir.testkit.TestSessions;
import io.weir.training.table.FeatureRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionPartsTest {
  /** A feature that tells the parts which visitor a row is of. */
  private static final int VISITOR = FeatureSchema.place(Feature.MS_SINCE_PREVIOUS_SESSION);

  private static final int START = FeatureSchema.place(Feature.VISITOR_SESSION_NUMBER);

  @Test
  void visitors_areInOnePartOnly_andNoPartOverlapsTheNextInTime() {
    SessionParts parts = SessionParts.split(marked(2_000, 700).rows(), 1);

    Set<Float> train = values(parts.train(), VISITOR);
    Set<Float> validation = values(parts.validation(), VISITOR);
    Set<Float> test = values(parts.test(), VISITOR);
    assertThat(train).doesNotContainAnyElementsOf(validation).doesNotContainAnyElementsOf(test);
    assertThat(validation).doesNotContainAnyElementsOf(test);
    assertThat(Collections.max(values(parts.train(), START)))
        .isLessThan(Collections.min(values(parts.validation(), START)));
    assertThat(Collections.max(values(parts.validation(), START)))
        .isLessThan(Collections.min(values(parts.test(), START)));
    int kept = parts.train().size() + parts.validation().size() + parts.test().size();
    assertThat(kept + parts.inOtherPart()).isEqualTo(2_000);
    assertThat(parts.inOtherPart()).isPositive();
  }

  @Test
  void visitorsOfOneSession_areAllKept() {
    SessionParts parts = SessionParts.split(marked(1_000, 1_000_000_000).rows(), 1);

    assertThat(parts.train().size()).isBetween(695, 700);
    assertThat(parts.validation().size()).isBetween(145, 150);
    assertThat(parts.inOtherPart()).isLessThan(3);
  }

  @Test
  void orderOfReading_changesNothing() {
    List<Session> sessions = PlantedSessions.planted(500, new Random(1));
    var shuffled = new ArrayList<>(sessions);
    Collections.shuffle(shuffled, new Random(2));

    float[][] read = SessionParts.split(set(shuffled).rows(), 1).train().vectors();
    float[][] inOrder = SessionParts.split(set(sessions).rows(), 1).train().vectors();

    assertThat(Arrays.deepEquals(read, inOrder)).isTrue();
  }

  @Test
  void newestRevision_counts_andBotsAndRetractedAreLeftOut() {
    List<Session> sessions = new ArrayList<>(PlantedSessions.planted(400, new Random(1)));
    Session bot = sessions.get(0);
    sessions.add(Session.newBuilder(bot).setRevision(1).setIsBot(true).build());
    sessions.add(Session.newBuilder(sessions.get(1)).setRevision(2).setIsRetracted(true).build());
    sessions.add(Session.newBuilder(sessions.get(1)).setRevision(1).build());

    SessionParts parts = SessionParts.split(set(sessions).rows(), 1);

    assertThat(parts.leftOut()).isEqualTo(2);
    int kept = parts.train().size() + parts.validation().size() + parts.test().size();
    assertThat(kept + parts.inOtherPart()).isEqualTo(398);
  }

  @Test
  void sessionsThatBeginWithThePurchase_areLeftOutAndCounted() {
    List<Session> sessions = new ArrayList<>(PlantedSessions.planted(400, new Random(1)));
    for (int at = 0; at < 10; at++) {
      Session session = sessions.get(at);
      FeatureInputs nothing = TestSessions.inputs().setEvents(0).setPageViews(0).build();
      sessions.set(
          at, Session.newBuilder(session).setIsConverted(true).setFeatures(nothing).build());
    }
    sessions.set(0, Session.newBuilder(sessions.get(0)).setIsBot(true).build());

    SessionParts parts = SessionParts.split(set(sessions).rows(), 1);

    assertThat(parts.source().withoutEvents()).isEqualTo(9);
    assertThat(parts.leftOut()).isEqualTo(1);
    assertThat(values(parts.train(), FeatureSchema.place(Feature.EVENTS))).doesNotContain(0f);
    int kept = parts.train().size() + parts.validation().size() + parts.test().size();
    assertThat(kept + parts.inOtherPart()).isEqualTo(390);
  }

  @Test
  void tooFew_isOneLine() {
    assertThatThrownBy(
            () -> SessionParts.split(set(PlantedSessions.planted(199, new Random(1))).rows(), 1))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("too few sessions to train on: 199");
    assertThatThrownBy(() -> SessionParts.split(set(List.of()).rows(), 1))
        .isInstanceOf(StartupException.class);
  }

  private static SessionSet marked(int count, int visitors) {
    var random = new Random(3);
    var set = set(List.of());
    int number = 0;
    for (Session session : PlantedSessions.planted(count, random)) {
      int visitor = random.nextInt(visitors);
      session.setVisitorId("v" + (float) visitor);
      session.setMsSincePreviousSession((long) visitor);
      session.setVisitorSessionNumber(number++);
      set.add(session);
    }
    return set;
  }

  private static SessionSet set(List<Session> sessions) {
    var set = new SessionSet("test", null, LakeSessions.Range.ALL);
    sessions.forEach(set::add);
    return set;
  }

  private static Set<Float> values(FeatureRows rows, int place) {
    var values = new HashSet<Float>();
    for (float[] vector : rows.vectors()) {
      values.add(vector[place]);
    }
    return values;
  }
}
