package io.weir.stream.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.session.Events;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.visitor.VisitorState;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Orders of visitors who refuse consent. */
class RefusedOrderTest {
  private static Session session(String... orders) {
    var sessionizer = new Sessionizer(Events.RULES);
    var state = new VisitorState();
    for (int i = 0; i < orders.length; i++) {
      EnrichedEvent event = Events.order("e" + i, Events.T0 + i, 10_000, orders[i]);
      event.setConsentAnalytics(false);
      new ConsentFilter(id -> "hash of " + id).enrich(event);
      sessionizer.accept(state, event, Long.MIN_VALUE);
    }
    var rows = new ArrayList<Session>();
    sessionizer.settle("v", state, Events.T0 + 86_400_000, rows::add);
    return rows.getFirst();
  }

  @Test
  void orderThatIsSentAgain_countsOnce() {
    assertThat(session("order-7", "order-7").getPurchases()).isEqualTo(1);
    assertThat(session("order-7", "order-8").getPurchases()).isEqualTo(2);
  }
}
