package io.weir.stream.session;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static io.weir.stream.session.Events.pageView;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.session.codec.VisitorStateCodec;
import io.weir.stream.session.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A visitor with far more events than any person: its state stays small, and nothing is lost. */
class RobotTest {
  private static final int EVENTS = 100_000;

  private final Sessionizer sessionizer = new Sessionizer(RULES);
  private final List<Session> sessions = new ArrayList<>();
  private VisitorState state = new VisitorState();
  private int largest;
  private int tooLate;

  private void accept(EnrichedEvent event) {
    if (sessionizer.accept(state, event, T0) == Acceptance.TOO_LATE) {
      tooLate++;
      return;
    }
    if (sessionizer.isFull(state)) {
      sessionizer.shrink("robot", state, sessions::add);
    }
  }

  private void store() {
    byte[] bytes = VisitorStateCodec.encode(state);
    largest = Math.max(largest, bytes.length);
    state = VisitorStateCodec.decode(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 3_000})
  void robot_isOneSessionOfAllItsEvents(int pathLength) {
    String path = "/" + "x".repeat(pathLength);
    int events = EVENTS / (pathLength / 100);
    for (int i = 0; i < events; i++) {
      EnrichedEvent view = pageView("e" + i, T0 + i * 100L);
      view.setUrlPath(path + i);
      accept(view);
      if (i % 500 == 0) {
        store();
      }
    }
    sessionizer.settle("robot", state, Long.MAX_VALUE, sessions::add);

    assertThat(tooLate).isZero();
    assertThat(largest).isLessThan(RULES.visitorMaxBytes() * 5 / 4);
    assertThat(sessions)
        .singleElement()
        .satisfies(session -> assertThat(session.getEvents()).isEqualTo(events));
  }

  @Test
  void eventsOfOneMillisecond_areOneSession() {
    for (int i = 0; i < EVENTS; i++) {
      accept(pageView("e" + i, T0));
    }
    store();
    sessionizer.settle("robot", state, Long.MAX_VALUE, sessions::add);

    assertThat(tooLate).isZero();
    assertThat(sessions)
        .singleElement()
        .satisfies(session -> assertThat(session.getEvents()).isEqualTo(EVENTS));
  }

  @Test
  void eventWithinWhatWasFolded_countsOnce() {
    for (int i = 0; i < EVENTS; i++) {
      accept(pageView("e" + i, T0 + i * 100L));
    }

    assertThat(sessionizer.accept(state, pageView("straggler", T0 + 50), T0))
        .isEqualTo(Acceptance.IN_SESSION);
    assertThat(sessionizer.accept(state, pageView("straggler", T0 + 50), T0))
        .isEqualTo(Acceptance.DUPLICATE);
    assertThat(sessionizer.accept(state, pageView("e17", T0 + 1_700), T0))
        .isEqualTo(Acceptance.DUPLICATE);
    sessionizer.settle("robot", state, Long.MAX_VALUE, sessions::add);
    assertThat(sessions).singleElement().extracting(Session::getEvents).isEqualTo(EVENTS + 1);
  }

  /** Once the oldest ids are forgotten, their duplicates cannot be told from late events. */
  @Test
  void eventAsOldAsThoseWhoseIdsAreForgotten_isTooLate() {
    int many = RULES.foldedIds() + 2 * RULES.maxEvents();
    for (int i = 0; i < many; i++) {
      accept(pageView("e" + i, T0 + i * 100L));
    }
    assertThat(tooLate).isZero();

    accept(pageView("straggler", T0 + 50));
    sessionizer.settle("robot", state, Long.MAX_VALUE, sessions::add);

    assertThat(tooLate).isEqualTo(1);
    assertThat(sessions).singleElement().extracting(Session::getEvents).isEqualTo(many);
  }
}
