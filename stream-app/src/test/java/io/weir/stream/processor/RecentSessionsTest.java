package io.weir.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentSessionsTest {
  private final RecentSessions sessions = new RecentSessions(3);

  private void add(int events) {
    var session = new Session();
    session.setVisitorId("v" + events);
    session.setEvents(events);
    sessions.add(session);
  }

  private static List<Integer> events(List<Session> sessions) {
    return sessions.stream().map(Session::getEvents).toList();
  }

  @Test
  void newest_areFirstAndLimited() {
    for (int i = 1; i <= 5; i++) {
      add(i);
    }

    assertThat(events(sessions.newest(2))).containsExactly(5, 4);
    assertThat(events(sessions.newest(9))).containsExactly(5, 4, 3);
  }

  @Test
  void after_tellsWhatIsNewInOrder() {
    add(1);
    long seen = sessions.added();
    add(2);
    add(3);

    assertThat(events(sessions.after(seen).sessions())).containsExactly(2, 3);
    assertThat(sessions.after(sessions.added()).sessions()).isEmpty();
  }

  @Test
  void afterTooLong_tellsWhatIsLeft() {
    for (int i = 1; i <= 5; i++) {
      add(i);
    }

    assertThat(events(sessions.after(0).sessions())).containsExactly(3, 4, 5);
    assertThat(sessions.added()).isEqualTo(5);
  }

  @Test
  void forgottenVisitor_isSeenNoMore_andNothingIsToldTwice() {
    add(1);
    add(2);
    long seen = sessions.added();
    add(3);

    sessions.forget("v3");
    assertThat(events(sessions.newest(9))).containsExactly(2, 1);
    assertThat(events(sessions.after(seen).sessions())).isEmpty();

    sessions.forget("v1");
    add(4);
    assertThat(events(sessions.after(seen).sessions())).containsExactly(4);
    assertThat(sessions.added()).isEqualTo(4);
  }
}
