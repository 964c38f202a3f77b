package io.weir.stream.query.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.stream.query.overview.CountsAnswer.Top;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountsSumTest {
  private final CountsSum sum = new CountsSum();

  private static Session session(int pageViews, String... pages) {
    var session = new Session();
    session.setPageViews(pageViews);
    session.setPages(List.of(pages));
    session.setProducts(List.of());
    return session;
  }

  @Test
  void instances_addUp() {
    sum.add(
        new OpenSessions.Snapshot(2, true, List.of(session(3, "/a", "/b"), session(1, "/b")), 10));
    sum.add(
        new CountsAnswer(
            5,
            20,
            Map.of("page_view", 6L, "search", 1L),
            List.of(new Top("/b", 4), new Top("/c", 1)),
            List.of(),
            true,
            1,
            List.of()));

    CountsAnswer answer = sum.answer(2, 2, List.of());

    assertThat(answer.openSessions()).isEqualTo(7);
    assertThat(answer.visitors()).isEqualTo(30);
    assertThat(answer.eventsByType()).isEqualTo(Map.of("page_view", 10L, "search", 1L));
    assertThat(answer.topPages()).containsExactly(new Top("/b", 6), new Top("/a", 1));
    assertThat(answer.complete()).isTrue();
  }

  @Test
  void missingInstance_makesItIncomplete() {
    assertThat(sum.answer(1, 1, List.of("other:1")).complete()).isFalse();
  }

  @Test
  void unreadSessions_makeItIncomplete() {
    sum.add(new OpenSessions.Snapshot(9, false, List.of(), 0));

    assertThat(sum.answer(1, 1, List.of()).complete()).isFalse();
    assertThat(sum.answer(1, 1, List.of()).openSessions()).isEqualTo(9);
  }
}
