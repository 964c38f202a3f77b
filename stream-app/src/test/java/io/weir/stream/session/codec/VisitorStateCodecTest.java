package io.weir.stream.session.codec;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.session.Events;
import io.weir.stream.session.SessionView;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.Watermark;
import io.weir.stream.session.bytes.Hash64;
import io.weir.stream.session.touch.TouchRun;
import io.weir.stream.session.visitor.VisitorState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorStateCodecTest {
  private final Sessionizer sessionizer = new Sessionizer(RULES);

  /** Two sessions, the first one emitted. */
  private VisitorState twoSessions() {
    var state = new VisitorState();
    sessionizer.accept(state, Events.pageView("a", T0), Watermark.NONE);
    sessionizer.accept(state, Events.purchase("b", T0 + 1_000, 123_456), Watermark.NONE);
    sessionizer.accept(state, Events.pageView("c", T0 + 7_200_000), Watermark.NONE);
    state.identify("user", T0);
    sessionizer.settle("visitor", state, T0 + 7_200_000, _ -> {});
    return state;
  }

  @Test
  void sessionsAndWhatWasEmitted_survive() {
    VisitorState again = VisitorStateCodec.decode(VisitorStateCodec.encode(twoSessions()));

    List<SessionView> sessions = sessionizer.view("visitor", again);
    assertThat(sessions).extracting(SessionView::isEmitted).containsExactly(true, false);
    assertThat(sessions)
        .extracting(SessionView::session)
        .extracting(Session::getStartTime)
        .containsExactly(T0, T0 + 7_200_000);
    assertThat(sessions)
        .extracting(SessionView::session)
        .extracting(Session::getRevenueE4)
        .contains(Map.of("EUR", 123_456L));
  }

  @Test
  void user_survives() {
    VisitorState again = VisitorStateCodec.decode(VisitorStateCodec.encode(twoSessions()));

    assertThat(again.identify("user", T0 + 1)).isFalse();
    assertThat(again.identify("another", T0 - 1)).isFalse();
    assertThat(again.identify("another", T0 + 1)).isTrue();
  }

  @Test
  void closedSession_isArchivedAndItsIdsSurvive() {
    VisitorState state = twoSessions();

    assertThat(state.archives()).hasSize(1);
    assertThat(state.live().touches()).hasSize(1);
    VisitorState again = VisitorStateCodec.decode(VisitorStateCodec.encode(state));
    assertThat(again.isKnown(Hash64.of("a"))).isTrue();
    assertThat(again.isKnown(Hash64.of("c"))).isTrue();
    assertThat(again.isKnown(Hash64.of("d"))).isFalse();
    assertThat(again.encodedSize()).isEqualTo(state.encodedSize());
    assertThat(sessionizer.view("visitor", again)).hasSize(2);
  }

  @Test
  void manyTouches_areFrozenAndSurvive() {
    var state = new VisitorState();
    for (int i = 0; i < 100; i++) {
      sessionizer.accept(state, Events.pageView("e" + i, T0 + i * 1_000L), Watermark.NONE);
    }

    VisitorState again = VisitorStateCodec.decode(VisitorStateCodec.encode(state));

    assertThat(again.live().touches()).hasSizeLessThan(48);
    assertThat(again.encodedSize()).isEqualTo(state.encodedSize());
    assertThat(again.isKnown(Hash64.of("e0"))).isTrue();
    assertThat(again.isKnown(Hash64.of("e99"))).isTrue();
    assertThat(again.isKnown(Hash64.of("e100"))).isFalse();
    assertThat(sessionizer.open("visitor", again).map(Session::getEvents)).contains(100);
  }

  /** The touches lie in chunks first, in archives later. */
  @Test
  void duplicatesAmongManyFrozenTouches_areKnown() {
    var state = new VisitorState();
    for (int i = 0; i < 1_000; i++) {
      sessionizer.accept(state, Events.pageView("e" + i, T0 + i * 1_000L), Watermark.NONE);
    }
    assertAllKnown(state);

    VisitorState again = VisitorStateCodec.decode(VisitorStateCodec.encode(state));
    assertAllKnown(again);
    assertThat(again.memory()).isEqualTo(state.memory());

    sessionizer.settle("visitor", again, T0 + 8_000_000, _ -> {});
    assertThat(again.archives()).isNotEmpty();
    assertAllKnown(again);
  }

  private static void assertAllKnown(VisitorState state) {
    for (int i = 0; i < 1_000; i++) {
      assertThat(state.isKnown(Hash64.of("e" + i))).isTrue();
    }
    assertThat(state.isKnown(Hash64.of("another"))).isFalse();
  }

  @Test
  void emptyState_survives() {
    VisitorState state = VisitorStateCodec.decode(VisitorStateCodec.encode(new VisitorState()));

    assertThat(state.live().touches()).isEmpty();
    assertThat(state.timer()).isEqualTo(VisitorState.NO_TIMER);
  }

  @Test
  void apps_survive() {
    var state = new VisitorState();
    for (int i = 0; i < 3; i++) {
      EnrichedEvent event = Events.pageView("e" + i, T0 + i);
      event.setAppId(i == 0 ? null : "app-" + i);
      event.setIsBot(i == 2);
      sessionizer.accept(state, event, Watermark.NONE);
    }

    VisitorState again = VisitorStateCodec.decode(VisitorStateCodec.encode(state));

    Session session = sessionizer.view("visitor", again).getFirst().session();
    assertThat(session.getAppId()).isEqualTo("app-1");
    assertThat(session.getIsBot()).isTrue();
  }

  @Test
  void orders_survive() {
    var state = new VisitorState();
    sessionizer.accept(state, Events.order("a", T0, 123_456, "order"), Watermark.NONE);

    VisitorState again = VisitorStateCodec.decode(VisitorStateCodec.encode(state));

    sessionizer.accept(again, Events.order("b", T0 + 7_200_000, 123_456, "order"), Watermark.NONE);
    assertThat(sessionizer.view("visitor", again))
        .extracting(view -> view.session().getPurchases())
        .containsExactly(1, 0);
  }

  @Test
  void rowsOfRobots_survive() {
    var state = new VisitorState();
    for (int i = 0; i < 2; i++) {
      EnrichedEvent event = Events.pageView("e" + i, T0 + i * 60_000L);
      event.setIsBot(i == 0);
      sessionizer.accept(state, event, Watermark.NONE);
    }
    sessionizer.settle("visitor", state, T0 + 7_200_000, _ -> {});

    VisitorState again = VisitorStateCodec.decode(VisitorStateCodec.encode(state));

    assertThat(again.emissions().items()).isEqualTo(state.emissions().items());
    assertThat(again.emissions().isRobotAt(T0 - 1)).isFalse();
    assertThat(again.emissions().isRobotAt(T0)).isTrue();
    assertThat(again.emissions().isRobotAt(T0 + 60_000)).isTrue();
    assertThat(again.emissions().isRobotAt(T0 + 60_001)).isFalse();
  }

  @Test
  void productsOfPurchasesAndCustomTypes_survive() {
    var state = new VisitorState();
    sessionizer.accept(state, Events.purchase("a", T0, 123_456), Watermark.NONE);
    sessionizer.accept(state, Events.event("b", "sign_up", T0 + 1), Watermark.NONE);

    TouchRun live = VisitorStateCodec.decode(VisitorStateCodec.encode(state)).live();

    assertThat(live.touch(0).sale).isEqualTo(state.live().touch(0).sale);
    assertThat(live.touch(0).sale.lines()).hasSize(1);
    assertThat(live.dictionary().text(live.touch(1).label)).isEqualTo("sign_up");
  }

  /** Without apps and goals, all versions have the same bytes between the first and the orders. */
  @ParameterizedTest
  @ValueSource(bytes = {7, 8, 9})
  void stateOfAnEarlierVersion_isRead(byte version) {
    byte[] whole = VisitorStateCodec.encode(twoSessions());
    byte[] bytes = Arrays.copyOf(whole, whole.length - 1);
    bytes[0] = version;

    VisitorState again = VisitorStateCodec.decode(bytes);

    assertThat(sessionizer.view("visitor", again))
        .isEqualTo(sessionizer.view("visitor", twoSessions()));
  }

  @ParameterizedTest
  @ValueSource(bytes = {1, 5, 99})
  void stateOfAnotherVersion_isRefused(byte version) {
    assertThatThrownBy(() -> VisitorStateCodec.decode(new byte[] {version}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version " + version)
        .hasMessageContaining("reads versions 7 to 12");
  }
}
