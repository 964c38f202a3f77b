package io.weir.stream.session;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.session.codec.VisitorStateCodec;
import io.weir.stream.session.visitor.VisitorState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of thanks is opened again in a later session. */
class RepeatedOrdersTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = 24 * HOUR;

  private final Sessionizer sessionizer = new Sessionizer(RULES);
  private final List<Session> emitted = new ArrayList<>();
  private VisitorState state = new VisitorState();
  private long watermark = T0;

  private void accept(EnrichedEvent event) {
    assertThat(sessionizer.accept(state, event, watermark)).isEqualTo(Acceptance.IN_SESSION);
    watermark = Math.max(watermark, event.getEventTime());
    state = VisitorStateCodec.decode(VisitorStateCodec.encode(state));
  }

  private long settleAt(long time) {
    watermark = time;
    return sessionizer.settle("visitor", state, time, emitted::add);
  }

  private static EnrichedEvent order(String id, long time) {
    return Events.order(id, time, 50_000, "order");
  }

  private static EnrichedEvent cart(long time) {
    return Events.event("cart" + time, "add_to_cart", time);
  }

  @Test
  void repeatedPurchase_isNone() {
    accept(order("a", T0));
    settleAt(T0 + 2 * HOUR);
    accept(cart(T0 + 3 * HOUR));
    accept(order("b", T0 + 3 * HOUR + 1));
    settleAt(T0 + 5 * HOUR);

    Session repeat = emitted.get(1);
    assertThat(repeat.getPurchases()).isZero();
    assertThat(repeat.getRepeatedPurchases()).isEqualTo(1);
    assertThat(repeat.getRevenueE4()).isEmpty();
    assertThat(repeat.getGoals()).extracting("goal").containsExactly("carted");
    assertThat(repeat.getIsConverted()).isFalse();
    assertThat(repeat.getIsEngaged()).isFalse();
    assertThat(repeat.getIsCartAbandoned()).isTrue();
  }

  @Test
  void otherApp_isAnotherOrder() {
    accept(order("a", T0));
    accept(Events.order("b", T0 + 3 * HOUR, 50_001, "order"));
    settleAt(T0 + 5 * HOUR);

    assertThat(emitted).extracting(Session::getPurchases).containsExactly(1, 1);
  }

  /** The later session is archived. It gets no event and no other number. */
  @Test
  void earlierPurchaseThatComesLate_revisesTheLaterSession() {
    accept(Events.pageView("first", T0));
    accept(Events.pageView("last", T0 + 2));
    accept(order("b", T0 + 3 * HOUR));
    settleAt(T0 + 5 * HOUR);
    assertThat(state.archives()).isNotEmpty();
    emitted.clear();

    accept(order("a", T0 + 1));
    settleAt(T0 + 5 * HOUR + 1);

    assertThat(emitted)
        .extracting(Session::getStartTime, Session::getRevision, Session::getPurchases)
        .containsExactly(tuple(T0, 1, 1), tuple(T0 + 3 * HOUR, 1, 0));
  }

  @Test
  void repeatInALaterSession_revisesNoOther() {
    accept(order("a", T0));
    settleAt(T0 + 2 * HOUR);
    accept(order("b", T0 + 3 * HOUR));
    settleAt(T0 + 5 * HOUR);

    assertThat(emitted).extracting(Session::getRevision).containsExactly(0, 0);
  }

  @Test
  void orderOfAForgottenSession_countsOnceForThirtyDays() {
    accept(order("a", T0));
    settleAt(T0 + 3 * DAY);
    assertThat(state.live().size() + state.archives().size()).isZero();

    accept(order("b", T0 + 30 * DAY));
    settleAt(T0 + 31 * DAY);
    accept(order("c", T0 + 60 * DAY + 1));
    settleAt(T0 + 61 * DAY);

    assertThat(emitted).extracting(Session::getPurchases).containsExactly(1, 0, 1);
    assertThat(emitted.getLast().getRevenueE4()).isEqualTo(Map.of("EUR", 50_000L));
  }

  /** An event of the last day that still repeats the order may come a day late. */
  @Test
  void visitorWithAnOrder_isForgottenOnceNothingCanRepeatIt() {
    accept(order("a", T0));

    assertThat(settleAt(T0 + 3 * DAY)).isEqualTo(T0 + 31 * DAY + 1);
    assertThat(settleAt(T0 + 31 * DAY + 1)).isEqualTo(Sessionizer.NOTHING_LEFT);
  }
}
