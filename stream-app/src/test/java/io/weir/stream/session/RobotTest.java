package io.weir.stream.session;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static io.weir.stream.session.Events.pageView;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
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
      sessionizer.seal("robot", state, sessions::add);
    }
  }

  private void store() {
    byte[] bytes = VisitorStateCodec.encode(state);
    largest = Math.max(largest, bytes.length);
    state = VisitorStateCodec.decode(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 3_000})
  void robot_isCutIntoSessionsAndForgotten(int pathLength) {
    String path = "/" + "x".repeat(pathLength);
    for (int i = 0; i < EVENTS / (pathLength / 100); i++) {
      EnrichedEvent view = pageView("e" + i, T0 + i * 100L);
      view.setUrlPath(path + i);
      accept(view);
      if (i % 500 == 0) {
        store();
      }
    }
    sessionizer.settle("robot", state, Long.MAX_VALUE, sessions::add);

    assertThat(sessions.stream().mapToInt(Session::getEvents).sum())
        .isEqualTo(EVENTS / (pathLength / 100));
    assertThat(tooLate).isZero();
    assertThat(largest).isLessThan(2 * RULES.visitorMaxBytes());
    assertThat(sessions).extracting(Session::getSessionKey).doesNotHaveDuplicates();
    assertThat(sessions).allSatisfy(session -> assertThat(session.getRevision()).isZero());
  }

  @Test
  void eventsOfOneMillisecond_areRefusedWhenTheyAreTooMany() {
    for (int i = 0; i < EVENTS; i++) {
      accept(pageView("e" + i, T0));
    }
    store();
    sessionizer.settle("robot", state, Long.MAX_VALUE, sessions::add);

    assertThat(largest).isLessThan(3 * RULES.visitorMaxBytes());
    assertThat(sessions)
        .singleElement()
        .satisfies(session -> assertThat(session.getEvents() + tooLate).isEqualTo(EVENTS));
  }

  @Test
  void eventBeforeWhatWasSealed_changesNothing() {
    for (int i = 0; i < EVENTS; i++) {
      accept(pageView("e" + i, T0 + i * 100L));
    }
    int said = sessions.size();

    accept(pageView("straggler", T0 + 50));

    assertThat(tooLate).isEqualTo(1);
    assertThat(sessions).hasSize(said);
  }
}
