package io.weir.stream.session.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.CartProduct;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.session.Events;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.Watermark;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.text.Texts;
import io.weir.stream.session.touch.CartLine;
import io.weir.stream.session.touch.Sale;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchType;
import io.weir.stream.session.visitor.VisitorState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Carts that are worth more than a column of the session can say. */
class CartAmountsTest {
  /** The largest that an event may be worth. */
  private static final long MOST = 999_999_999_999_999_999L;

  private static EnrichedEvent event(int i, String type, long worth) {
    EnrichedEvent event = Events.purchase("c" + i, Events.T0 + i, worth);
    event.setEventType(type);
    event.getProducts().getFirst().setProductId("p");
    return event;
  }

  private static Session session(List<EnrichedEvent> events) {
    var sessionizer = new Sessionizer(Events.RULES);
    var state = new VisitorState();
    events.forEach(event -> sessionizer.accept(state, event, Watermark.NONE));
    List<Session> sessions = new ArrayList<>();
    sessionizer.settle("v", state, Long.MAX_VALUE, sessions::add);
    assertThat(sessions).hasSize(1);
    return sessions.getFirst();
  }

  private static Map<String, Long> value(Session session) {
    assertThat(session.getCartProducts()).hasSize(1);
    CartProduct left = session.getCartProducts().getFirst();
    assertThat(left.getValueE4()).isEqualTo(session.getCartValueE4());
    return left.getValueE4();
  }

  @Test
  void cartBeyondTheLargestAmount_isTheLargestAmount() {
    var events = new ArrayList<EnrichedEvent>();
    for (int i = 0; i < 12; i++) {
      events.add(event(i, "add_to_cart", MOST));
    }

    assertThat(value(session(events))).containsOnly(Map.entry("EUR", Long.MAX_VALUE));
    events.replaceAll(event -> Events.event(event.getEventId(), "page_view", event.getEventTime()));
    for (int i = 12; i < 24; i++) {
      events.add(event(i, "remove_from_cart", MOST));
    }
    assertThat(value(session(events))).containsOnly(Map.entry("EUR", Long.MIN_VALUE));
  }

  @Test
  void whatWasAddedBeyondTheLargestAmountAndRemoved_cancelsInAnyOrder() {
    var events = new ArrayList<EnrichedEvent>();
    for (int i = 0; i < 40; i++) {
      events.add(event(i, i % 2 == 0 ? "add_to_cart" : "remove_from_cart", MOST - i));
    }
    events.add(event(40, "add_to_cart", 7));

    for (int order = 0; order < 20; order++) {
      assertThat(value(session(events))).containsOnly(Map.entry("EUR", 27L));
      Collections.shuffle(events, new Random(order));
    }
  }

  @Test
  void numbersOfAnySize_areReadAsTheyWereWritten() {
    var numbers = new ArrayList<BigInteger>();
    for (int bits = 0; bits < 140; bits++) {
      for (int nearby = -2; nearby <= 2; nearby++) {
        BigInteger number = BigInteger.ONE.shiftLeft(bits).add(BigInteger.valueOf(nearby));
        numbers.add(number);
        numbers.add(number.negate());
      }
    }
    var out = new ByteWriter(1);
    numbers.forEach(out::signed);
    var in = new ByteReader(out.toBytes());

    assertThat(numbers).allSatisfy(each -> assertThat(in.signedOfAnySize()).isEqualTo(each));
    assertThat(in.isAtEnd()).isTrue();
  }

  /** State that an earlier version wrote is read. */
  @Test
  void numbersThatFitLong_areWrittenLikeOnes() {
    for (long each : new long[] {0, -1, 63, 64, Long.MAX_VALUE, Long.MIN_VALUE, MOST, -MOST}) {
      var one = new ByteWriter(1);
      one.signed(each);
      var other = new ByteWriter(1);
      other.signed(BigInteger.valueOf(each));

      assertThat(other.toBytes()).isEqualTo(one.toBytes());
    }
  }

  @Test
  void partsOfSession_areStoredExactly() {
    var texts = new Texts();
    CartValue added = stored(part(TouchType.ADD_TO_CART, texts));
    CartValue removed = stored(part(TouchType.REMOVE_FROM_CART, texts));
    added.addAll(removed);
    added.addAll(stored(added));
    var row = new Session();
    added.fill(row);

    assertThat(row.getCartValueE4()).isEmpty();
    assertThat(row.getCartProducts()).isEmpty();
  }

  private static CartValue part(TouchType type, Texts texts) {
    var part = new CartValue();
    var touch = new Touch.Builder();
    touch.type = type.code();
    touch.label = texts.intern("EUR");
    touch.products = new int[] {texts.intern("p"), Texts.NONE};
    touch.sale = Sale.ofCart(MOST, List.of(new CartLine(1, MOST)));
    for (int i = 0; i < 1_000; i++) {
      part.add(touch.build(), texts);
    }
    return part;
  }

  private static CartValue stored(CartValue value) {
    var out = new ByteWriter(64);
    value.write(out);
    value.writeProducts(out);
    var in = new ByteReader(out.toBytes());
    CartValue read = CartValue.read(in);
    read.readProducts(in);
    assertThat(in.isAtEnd()).isTrue();
    return read;
  }
}
