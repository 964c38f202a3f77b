package io.weir.stream.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.stream.processor.RecentSessions;
import io.weir.stream.processor.ShownSessions;
import io.weir.stream.query.visitor.SessionAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnNewsTest {
  private final RecentSessions sessions = new RecentSessions(2);
  private final OwnNews news = new OwnNews(sessions, () -> SampleCounters.counters(1));

  @BeforeEach
  void emit() {
    for (String visitor : new String[] {"a", "b", "c"}) {
      var session = new Session();
      session.setVisitorId(visitor);
      session.setAds(List.of());
      session.setAdPages(List.of());
      session.setAdPositions(List.of());
      session.setGoals(List.of());
      session.setRefundedE4(Map.of());
      session.setCartValueE4(Map.of());
      session.setCartProducts(List.of());
      session.setRevenueE4(Map.of());
      ShownSessions.add(sessions, session);
    }
  }

  @Test
  void first_hasCountersAndNoSessions() {
    assertThat(news.first().counters()).isEqualTo(SampleCounters.counters(1));
    assertThat(news.first().position()).isEqualTo(3);
    assertThat(news.first().sessions()).isEmpty();
  }

  @Test
  void after_hasWhatIsNewAndStillHere() {
    assertThat(news.after(2).sessions()).extracting(SessionAnswer::visitorId).containsExactly("c");
    assertThat(news.after(0).sessions())
        .extracting(SessionAnswer::visitorId)
        .containsExactly("b", "c");
    assertThat(news.after(3).sessions()).isEmpty();
  }

  @Test
  void positionFromBeforeARestart_getsAll() {
    assertThat(news.after(4).sessions()).hasSize(2);
    assertThat(news.after(4).position()).isEqualTo(3);
  }
}
