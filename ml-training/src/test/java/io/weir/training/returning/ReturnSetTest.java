package io.weir.training.returning;

import static io.weir.testkit.TestSessions.START;
import static io.weir.training.returning.PlantedReturns.DAY;
import static io.weir.training.returning.PlantedReturns.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.Session;
import io.weir.model.feature.ReturnFeature;
import io.weir.model.feature.ReturnSchema;
import io.weir.process.StartupException;
import io.weir.training.session.LabelledRow;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.SessionParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReturnSetTest {
  private static final long MINUTE = 60_000;
  private static final long WEEK = 7 * DAY;

  /** From the end of the first session to the start of the second one. */
  @ParameterizedTest
  @CsvSource({
    "0, true",
    "1, true",
    "86400000, true",
    "604799999, true",
    "604800000, true",
    "604800001, false",
    "691200000, false"
  })
  void return_countsUntilSevenDaysAfterTheEnd_includingBothMoments(long pause, boolean isReturn) {
    Session first = session("v", 1, START);
    Session second = session("v", 2, first.getEndTime() + pause);

    assertThat(outcomes(first, second, settler())).contains(isReturn, false);
    assertThat(rows(first, second, settler()).rows().getFirst().outcome()).isEqualTo(isReturn);
  }

  @Test
  void sessionOfAnotherVisitor_orOneThatOverlaps_isNoReturn() {
    Session first = session("v", 1, START);
    Session inside = session("v", 2, first.getEndTime() - 1);
    Session other = session("w", 1, START + HOUR);

    assertThat(outcomes(first, other, settler())).containsExactly(false, false);
    assertThat(outcomes(first, inside, settler())).containsExactly(false, false);
    // The one behind it is.
    Session third = session("v", 3, START + HOUR);
    assertThat(outcomes(first, inside, third, settler())).containsExactly(true, true, false);
  }

  /** Without an event between them, two sessions may touch; one of a single event is no return. */
  @Test
  void sessionWithoutDuration_isNotItsOwnReturn() {
    Session single = with(session("v", 1, START), each -> each.setEndTime(START));

    assertThat(outcomes(single, settler())).containsExactly(false);
    Session next = session("v", 2, START + MINUTE);
    assertThat(outcomes(single, next, settler())).containsExactly(true, false);
  }

  /** A session that is too young is left out, whether its visitor has come back or not. */
  @Test
  void youngSessions_haveNoOutcome_alsoIfTheirVisitorHasReturned() {
    Session first = session("v", 1, START);
    Session second = session("v", 2, START + HOUR);
    long decided = first.getEndTime() + WEEK + DAY;

    Session before =
        with(session("z", 1, START + WEEK + HOUR), each -> each.setEndTime(decided - 1));
    Session at = with(session("z", 1, START + WEEK + HOUR), each -> each.setEndTime(decided));

    assertThatThrownBy(() -> rows(first, second, before))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("no session is old enough to have a label: the newest ended at")
        .hasMessageContaining("2025-01-09T10:30:59.999Z")
        .hasMessageNotContaining("\n");
    LabelledRows rows = rows(first, second, at);
    assertThat(rows.rows()).extracting(LabelledRow::outcome).containsExactly(true);
    assertThat(rows.undecided()).isEqualTo(2);
  }

  @Test
  void newestRevision_counts_andRetractedSessionsAndBotsAreNoReturns() {
    Session first = session("v", 1, START);
    Session second = session("v", 2, START + HOUR);
    Session gone = with(second, each -> each.setRevision(1).setIsRetracted(true));
    Session bot = with(second, each -> each.setRevision(1).setIsBot(true));
    Session moved = with(second, each -> each.setRevision(1).setVisitorId("w"));

    assertThat(outcomes(first, second, settler())).containsExactly(true, false);
    assertThat(outcomes(first, gone, second, settler())).containsExactly(false);
    assertThat(outcomes(first, second, gone, settler())).containsExactly(false);
    assertThat(outcomes(first, second, bot, settler())).containsExactly(false);
    assertThat(outcomes(first, moved, second, settler())).containsExactly(false, false);
    assertThat(rows(first, second, bot, settler()).leftOut()).isEqualTo(1);
  }

  /** Where sessions last for days, one that is not in the table yet may have begun days ago. */
  @ParameterizedTest
  @CsvSource({"1, 8", "3, 10"})
  void longestSession_isHowLongOneMayBeOpen(long days, long age) {
    Session first = session("v", 1, START);
    Session other = session("w", 1, START + 2 * DAY);
    Session longest = with(other, each -> each.setEndTime(other.getStartTime() + days * DAY));
    long decided = first.getEndTime() + age * DAY;
    Session before = with(session("z", 1, decided - HOUR), each -> each.setEndTime(decided - 1));
    Session at = with(session("z", 1, decided - HOUR), each -> each.setEndTime(decided));

    assertThatThrownBy(() -> rows(first, longest, before))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(" have had 7 days, and %d h for".formatted(24 * days));
    assertThat(rows(first, longest, at).rows())
        .extracting(LabelledRow::visitor)
        .containsExactly("v");
    // A retracted session is none.
    Session gone = with(longest, each -> each.setIsRetracted(true).setRevision(9));
    assertThat(rows(first, gone, session("z", 1, START + 8 * DAY + HOUR)).rows()).hasSize(1);
  }

  @Test
  void botsAndRetractedSessions_areCountedInTheRangeAlone() {
    var range =
        new Range(
            Optional.empty(), Optional.of(Instant.ofEpochMilli(START + HOUR)), Optional.empty());
    Session bot = with(session("b", 1, START), each -> each.setIsBot(true));
    Session gone = with(session("g", 1, START), each -> each.setIsRetracted(true));
    Session later = with(session("b", 2, START + HOUR), each -> each.setIsBot(true));

    LabelledRows rows = set(range, session("v", 1, START), bot, gone, later, settler()).rows();

    assertThat(rows.leftOut()).isEqualTo(2);
    assertThat(rows.rows()).hasSize(1);
  }

  /** A bot shows that the table has reached its time; a retracted session shows nothing. */
  @Test
  void retractedSession_doesNotMakeOthersOld() {
    Session first = session("v", 1, START);
    Session bot = with(settler(), each -> each.setIsBot(true));
    Session gone = with(settler(), each -> each.setIsRetracted(true));

    assertThat(outcomes(first, bot)).containsExactly(false);
    assertThatThrownBy(() -> outcomes(first, gone)).isInstanceOf(StartupException.class);
  }

  @Test
  void range_limitsTheRows_notWhatTellsTheirOutcome() {
    Optional<Instant> from = Optional.of(Instant.ofEpochMilli(START));
    Optional<Instant> to = Optional.of(Instant.ofEpochMilli(START + HOUR));
    var range = new Range(from, to, Optional.empty());

    LabelledRows rows =
        set(
                range,
                session("v", 1, START - HOUR),
                session("v", 2, START),
                session("v", 3, START + HOUR),
                settler())
            .rows();

    assertThat(rows.rows()).extracting(LabelledRow::time).containsExactly(START);
    assertThat(rows.rows()).extracting(LabelledRow::outcome).containsExactly(true);
    assertThat(rows.undecided()).isZero();
  }

  @Test
  void orderOfReading_changesNothing() {
    List<Session> sessions = PlantedReturns.planted(300, new Random(1));
    var shuffled = new ArrayList<>(sessions);
    Collections.shuffle(shuffled, new Random(2));

    List<LabelledRow> rows = rows(sessions.toArray(Session[]::new)).rows();
    List<LabelledRow> again = rows(shuffled.toArray(Session[]::new)).rows();

    assertThat(again).hasSameSizeAs(rows);
    for (int at = 0; at < rows.size(); at++) {
      assertThat(again.get(at).visitor()).isEqualTo(rows.get(at).visitor());
      assertThat(again.get(at).outcome()).isEqualTo(rows.get(at).outcome());
      assertThat(Arrays.equals(again.get(at).vector(), rows.get(at).vector())).isTrue();
    }
  }

  /** The next sessions of a visitor say whether one came back: they are in no feature. */
  @Test
  void laterSessions_changeNoFeature() {
    Session first = session("v", 1, START);

    float[] alone = rows(first, settler()).rows().getFirst().vector();
    float[] followed =
        rows(first, session("v", 2, START + HOUR), settler()).rows().getFirst().vector();

    assertThat(followed).containsExactly(alone);
    assertThat(alone[ReturnSchema.place(ReturnFeature.PAGE_VIEWS)]).isEqualTo(2);
  }

  /**
   * Visitors are in one part only, and the share of returns is the same in all: a visitor who comes
   * back is not left out more often than one who does not.
   */
  @Test
  void parts_haveTheirOwnVisitors_andTheShareOfReturnsOfAll() {
    LabelledRows all = rows(PlantedReturns.planted(20_000, new Random(3)).toArray(Session[]::new));
    double share = share(all.rows());

    SessionParts parts = SessionParts.splitByHash(all, 1);

    assertThat(parts.train().rate()).isBetween(share - 0.02, share + 0.02);
    assertThat(parts.validation().rate()).isBetween(share - 0.06, share + 0.06);
    assertThat(parts.test().rate()).isBetween(share - 0.06, share + 0.06);
    // The other split leaves out whoever returns across the border.
    assertThat(SessionParts.split(all, 1).validation().rate()).isLessThan(share - 0.06);
    assertThat(parts.train().size()).isBetween(all.rows().size() / 3, all.rows().size() * 2 / 5);
  }

  private static double share(List<LabelledRow> rows) {
    return (double) rows.stream().filter(LabelledRow::outcome).count() / rows.size();
  }

  /** So late that the sessions of the test have their outcome; itself it is too young. */
  private static Session settler() {
    return session("settler", 1, START + 20 * DAY);
  }

  private static Session session(String visitor, int number, long start) {
    return PlantedReturns.session(visitor, number, start, 2);
  }

  private static Session with(Session session, UnaryOperator<Session.Builder> change) {
    return change.apply(Session.newBuilder(session)).build();
  }

  private static List<Boolean> outcomes(Session... sessions) {
    return rows(sessions).rows().stream().map(LabelledRow::outcome).toList();
  }

  private static LabelledRows rows(Session... sessions) {
    return set(Range.ALL, sessions).rows();
  }

  private static ReturnSet set(Range range, Session... sessions) {
    var set = new ReturnSet(new LabelledRows.Source("test", null, range));
    for (Session session : sessions) {
      set.add(session);
    }
    return set;
  }
}
