package io.weir.stream.session.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.session.Events;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.Watermark;
import io.weir.stream.session.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PurchaseRevenueTest {
  private static final long MOST = 999_999_999_999_999_999L;

  @Test
  void sumBeyondTheLargestAmount_isTheLargestAmount() {
    assertThat(PurchaseRevenue.plus(MOST, 1)).isEqualTo(1_000_000_000_000_000_000L);
    assertThat(PurchaseRevenue.plus(Long.MAX_VALUE, MOST)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void sessionOfHugePurchases_hasNoNegativeRevenue() {
    var sessionizer = new Sessionizer(Events.RULES);
    var state = new VisitorState();
    for (int i = 0; i < 12; i++) {
      EnrichedEvent purchase = Events.purchase("p" + i, Events.T0 + i, MOST);
      sessionizer.accept(state, purchase, Watermark.NONE);
    }

    List<Session> sessions = new ArrayList<>();
    sessionizer.settle("v", state, Long.MAX_VALUE, sessions::add);

    assertThat(sessions)
        .singleElement()
        .satisfies(
            session -> assertThat(session.getRevenueE4()).containsValue(Long.MAX_VALUE).hasSize(1));
  }
}
