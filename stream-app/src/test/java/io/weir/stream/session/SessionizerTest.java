package io.weir.stream.session;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static io.weir.stream.session.Events.event;
import static io.weir.stream.session.Events.pageView;
import static io.weir.stream.session.Events.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.session.codec.VisitorStateCodec;
import io.weir.stream.session.visitor.VisitorState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionizerTest {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long GAP = 30 * MINUTE;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final Sessionizer sessionizer = new Sessionizer(RULES);
  private final VisitorState state = new VisitorState();
  private final List<Session> emitted = new ArrayList<>();
  private long watermark = T0;

  private Acceptance accept(EnrichedEvent event) {
    return sessionizer.accept(state, event, watermark);
  }

  private boolean settleAt(long time) {
    watermark = time;
    long next = sessionizer.settle("visitor", state, time, emitted::add);
    return next != Sessionizer.NOTHING_LEFT;
  }

  @Test
  void pauseOfExactlyTheGap_staysOneSession() {
    accept(pageView("a", T0));
    accept(pageView("b", T0 + GAP));

    settleAt(T0 + DAY / 2);

    assertThat(emitted).singleElement().extracting(Session::getEvents).isEqualTo(2);
  }

  @Test
  void pauseOneMillisecondLonger_splits() {
    accept(pageView("a", T0));
    accept(pageView("b", T0 + GAP + 1));

    settleAt(T0 + DAY / 2);

    assertThat(emitted).extracting(Session::getStartTime).containsExactly(T0, T0 + GAP + 1);
    assertThat(emitted.get(1).getVisitorSessionNumber()).isEqualTo(2);
    assertThat(emitted.get(1).getMsSincePreviousSession()).isEqualTo(GAP + 1);
  }

  @Test
  void sameEventId_isADuplicate() {
    accept(pageView("a", T0));

    assertThat(accept(pageView("a", T0 + 5))).isEqualTo(Acceptance.DUPLICATE);
    assertThat(state.live().touches()).hasSize(1);
  }

  @Test
  void watermarkAtEndOfGrace_doesNotCloseYet() {
    accept(pageView("a", T0));

    settleAt(T0 + GAP + RULES.grace().toMillis());
    assertThat(emitted).isEmpty();

    settleAt(T0 + GAP + RULES.grace().toMillis() + 1);
    assertThat(emitted).hasSize(1);
  }

  @Test
  void settlingTwice_saysNothingNew() {
    accept(pageView("a", T0));
    settleAt(T0 + 2 * GAP);

    settleAt(T0 + 3 * GAP);

    assertThat(emitted).hasSize(1);
  }

  @Test
  void lateEventWithinASession_revisesIt() {
    accept(pageView("a", T0));
    accept(pageView("c", T0 + 2 * MINUTE));
    settleAt(T0 + 3 * GAP);

    accept(pageView("b", T0 + MINUTE));
    settleAt(watermark);

    assertThat(emitted).extracting(Session::getRevision).containsExactly(0, 1);
    assertThat(emitted.get(1).getEvents()).isEqualTo(3);
    assertThat(emitted.get(1).getLateEvents()).isEqualTo(1);
    assertThat(emitted.get(1).getSessionKey()).isEqualTo(emitted.get(0).getSessionKey());
  }

  @Test
  void lateEventBetweenTwoSessions_mergesThem() {
    accept(pageView("a", T0));
    accept(pageView("b", T0 + GAP + MINUTE));
    settleAt(T0 + 4 * GAP);
    emitted.clear();

    accept(pageView("m", T0 + GAP / 2));
    settleAt(watermark);

    assertThat(emitted).hasSize(2);
    Session retracted = emitted.get(0);
    Session revised = emitted.get(1);
    assertThat(retracted.getIsRetracted()).isTrue();
    assertThat(retracted.getStartTime()).isEqualTo(T0 + GAP + MINUTE);
    assertThat(retracted.getRevision()).isEqualTo(1);
    assertThat(revised.getStartTime()).isEqualTo(T0);
    assertThat(revised.getEvents()).isEqualTo(3);
    assertThat(revised.getRevision()).isEqualTo(1);
  }

  @Test
  void lateEventBeforeTheStart_movesTheSessionToAnotherKey() {
    accept(pageView("b", T0));
    settleAt(T0 + 3 * GAP);
    String oldKey = emitted.getFirst().getSessionKey();
    emitted.clear();

    accept(pageView("a", T0 - MINUTE));
    settleAt(watermark);

    assertThat(emitted.get(0).getSessionKey()).isEqualTo(oldKey);
    assertThat(emitted.get(0).getIsRetracted()).isTrue();
    assertThat(emitted.get(1).getStartTime()).isEqualTo(T0 - MINUTE);
    assertThat(emitted.get(1).getRevision()).isZero();
  }

  @Test
  void newSessionBeforeAClosedOne_renumbersTheLater() {
    accept(pageView("b", T0));
    settleAt(T0 + 3 * GAP);
    emitted.clear();

    accept(pageView("a", T0 - 2 * GAP));
    settleAt(watermark);

    assertThat(emitted).extracting(Session::getVisitorSessionNumber).containsExactly(1, 2);
    assertThat(emitted.get(1).getRevision()).isEqualTo(1);
    assertThat(emitted.get(1).getMsSincePreviousSession()).isEqualTo(2 * GAP);
  }

  @Test
  void eventBeyondAllowedLateness_isInNoSession() {
    watermark = T0 + DAY + 1;

    assertThat(accept(pageView("a", T0))).isEqualTo(Acceptance.TOO_LATE);
    assertThat(accept(pageView("b", T0 + 1))).isEqualTo(Acceptance.IN_SESSION);
  }

  @Test
  void forgottenSessions_stillCount() {
    accept(pageView("a", T0));
    settleAt(T0 + 3 * DAY);
    assertThat(state.live().touches()).isEmpty();

    accept(pageView("b", T0 + 3 * DAY));
    settleAt(T0 + 3 * DAY + 2 * GAP);

    assertThat(emitted.get(1).getVisitorSessionNumber()).isEqualTo(2);
    assertThat(emitted.get(1).getMsSincePreviousSession()).isEqualTo(3 * DAY);
  }

  @Test
  void visitorWithoutSessionsForLong_isForgotten() {
    accept(pageView("a", T0));

    assertThat(settleAt(T0 + 3 * DAY)).isTrue();
    assertThat(settleAt(T0 + 30 * DAY)).isFalse();
  }

  @Test
  void sessionLongerThanTheMaximum_splits() {
    for (int i = 0; i <= 50; i++) {
      accept(pageView("e" + i, T0 + i * GAP));
    }

    settleAt(T0 + 50 * GAP + 2 * GAP);

    assertThat(emitted).extracting(Session::getEvents).containsExactly(49, 2);
  }

  @Test
  void features_stopBeforeTheFirstPurchase() {
    accept(pageView("a", T0));
    accept(event("b", "add_to_cart", T0 + MINUTE));
    accept(purchase("c", T0 + 3 * MINUTE, 199_900));
    accept(pageView("d", T0 + 9 * MINUTE));
    accept(purchase("e", T0 + 10 * MINUTE, 100));

    settleAt(T0 + 3 * GAP);

    Session session = emitted.getFirst();
    assertThat(session.getPurchases()).isEqualTo(2);
    assertThat(session.getRevenueE4()).containsExactly(Map.entry("EUR", 200_000L));
    assertThat(session.getIsConverted()).isTrue();
    assertThat(session.getFeatures().getEvents()).isEqualTo(2);
    assertThat(session.getFeatures().getPageViews()).isEqualTo(1);
    assertThat(session.getFeatures().getAddToCarts()).isEqualTo(1);
    assertThat(session.getFeatures().getDurationMs()).isEqualTo(MINUTE);
    assertThat(session.getFeatures().getUniqueProducts()).isZero();
  }

  @Test
  void cartWithoutPurchase_isAbandoned() {
    accept(event("a", "add_to_cart", T0));

    settleAt(T0 + 3 * GAP);

    assertThat(emitted.getFirst().getIsCartAbandoned()).isTrue();
    assertThat(emitted.getFirst().getIsBounce()).isTrue();
  }

  @Test
  void listsAreCapped_countsAreTrue() {
    for (int i = 0; i < 80; i++) {
      accept(pageView("p" + i, T0 + i));
    }

    settleAt(T0 + 3 * GAP);

    assertThat(emitted.getFirst().getUniquePages()).isEqualTo(80);
    assertThat(emitted.getFirst().getPages()).hasSize(50).startsWith("shop.example/p0");
    assertThat(emitted.getFirst().getExitPage()).isEqualTo("shop.example/p79");
  }

  @Test
  void state_survivesItsBytes() {
    accept(pageView("a", T0));
    accept(purchase("b", T0 + MINUTE, 42));
    settleAt(T0 + 2 * GAP);
    accept(pageView("c", T0 + 3 * GAP));

    byte[] bytes = VisitorStateCodec.encode(state);

    assertThat(VisitorStateCodec.encode(VisitorStateCodec.decode(bytes))).isEqualTo(bytes);
  }

  @Test
  void identifyEventAlone_makesNoSession() {
    accept(event("who", "identify", T0));

    boolean isKept = settleAt(T0 + 3 * DAY);

    assertThat(emitted).isEmpty();
    assertThat(isKept).isFalse();
  }

  @Test
  void identifyEventWithinASession_neitherSplitsNorChangesTheVisitor() {
    accept(pageView("a", T0));
    EnrichedEvent identify = event("who", "identify", T0 + MINUTE);
    identify.setUserId("user");
    accept(identify);
    accept(pageView("b", T0 + 2 * MINUTE));

    settleAt(T0 + DAY / 2);

    assertThat(emitted).singleElement().extracting(Session::getEvents).isEqualTo(3);
    assertThat(emitted.getFirst().getUserId()).isEqualTo("user");
  }

  @Test
  void identifyLongAfterASession_doesNotCountAsTheNext() {
    accept(pageView("a", T0));
    accept(event("who", "identify", T0 + 2 * GAP));
    accept(pageView("b", T0 + 4 * GAP));

    settleAt(T0 + DAY);

    assertThat(emitted).extracting(Session::getVisitorSessionNumber).containsExactly(1, 2);
    assertThat(emitted.get(1).getMsSincePreviousSession()).isEqualTo(4 * GAP);
  }

  @Test
  void newestEvent_decidesWhoTheVisitorIs() {
    assertThat(state.identify("first", T0)).isTrue();
    assertThat(state.identify("second", T0 + 2)).isTrue();
    assertThat(state.identify("first", T0 + 1)).isFalse();
    assertThat(state.identify("second", T0 + 3)).isFalse();
    assertThat(VisitorStateCodec.decode(VisitorStateCodec.encode(state)).contents().user())
        .isEqualTo("second");
  }
}
