package io.weir.benchmarks.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FinalSessionsTest {
  private final FinalSessions.SessionTally tally = new FinalSessions.SessionTally();

  private static Session session(String key, int events, long revenueE4) {
    var session = new Session();
    session.setSessionKey(key);
    session.setEvents(events);
    session.setRevenueE4(Map.of("", revenueE4));
    return session;
  }

  @Test
  void sessions_areSummed() {
    tally.take(session("a", 3, 120_000));
    tally.take(session("b", 4, 30_000));

    assertThat(tally.sum()).isEqualTo(new FinalSessions(2, 7, 1_500));
  }

  @Test
  void revision_replacesWhatItRevises() {
    tally.take(session("a", 3, 120_000));
    tally.take(session("a", 5, 200_000));

    assertThat(tally.sum()).isEqualTo(new FinalSessions(1, 5, 2_000));
  }

  @Test
  void retraction_removesTheSession() {
    tally.take(session("a", 3, 120_000));
    tally.take(session("b", 1, 0));
    Session gone = session("a", 0, 0);
    gone.setIsRetracted(true);
    tally.take(gone);

    assertThat(tally.sum()).isEqualTo(new FinalSessions(1, 1, 0));
  }
}
