package io.weir.local.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.local.compare.SessionRow;
import io.weir.testkit.TestSessions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatestSessionsTest {
  private final LatestSessions live =
      new LatestSessions(visitor -> visitor.startsWith("weir-closing-"));

  private static Session session(String key, String visitor, int revision, int events) {
    return TestSessions.session(visitor, 1)
        .setSessionKey(key)
        .setRevision(revision)
        .setStartTime(1000)
        .setEndTime(5000)
        .setDurationMs(4000)
        .setEvents(events)
        .build();
  }

  @Test
  void newestRevision_counts_whateverTheOrder() {
    live.add(session("a", "anna", 1, 7));
    live.add(session("a", "anna", 0, 3));

    assertThat(live.rows())
        .singleElement()
        .extracting(row -> row.values().get("events"))
        .isEqualTo("7");
  }

  @Test
  void retraction_removes_andAnOldRevisionDoesNotBringBack() {
    Session retraction = session("a", "anna", 2, 3);
    retraction.setIsRetracted(true);
    live.add(session("a", "anna", 0, 3));
    live.add(retraction);
    live.add(session("a", "anna", 1, 3));

    assertThat(live.rows()).isEmpty();
  }

  @Test
  void closingVisitors_areLeftOut() {
    live.add(session("c", "weir-closing-3", 0, 1));

    assertThat(live.rows()).isEmpty();
  }

  @Test
  void row_carriesTimesAndMoneyOverAllCurrencies() {
    Session session = session("a", "anna", 0, 3);
    session.setRevenueE4(Map.of("EUR", 125_000L, "USD", 5L));
    live.add(session);

    SessionRow row = List.copyOf(live.rows()).getFirst();
    assertThat(row.start()).isEqualTo(1000);
    assertThat(row.end()).isEqualTo(5000);
    assertThat(row.values()).containsEntry("revenue", "12.5005");
  }
}
