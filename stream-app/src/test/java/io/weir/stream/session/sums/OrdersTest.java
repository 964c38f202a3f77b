package io.weir.stream.session.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.sums.OrderNews.Purchase;
import io.weir.stream.session.touch.Sale;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrdersTest {
  private static final long MEMORY = 100;

  private final Orders orders = new Orders();

  private static Touch purchase(long time, long id, long order) {
    var touch = new Touch.Builder();
    touch.type = TouchType.PURCHASE.code();
    touch.time = time;
    touch.idHash = id;
    touch.sale = new Sale(500, order);
    return touch.build();
  }

  private OrderNews add(long time, long id, long order) {
    orders.add(purchase(time, id, order), MEMORY);
    return orders.takeNews();
  }

  private static Orders stored(Orders orders) {
    var out = new ByteWriter(64);
    orders.write(out);
    return Orders.read(new ByteReader(out.toBytes()));
  }

  @Test
  void earlierPurchase_countsInsteadOfTheLaterOne() {
    assertThat(add(50, 1, 7)).isEqualTo(new OrderNews(new Purchase(50, 1), false, List.of()));
    assertThat(add(60, 2, 7)).isEqualTo(new OrderNews(new Purchase(60, 2), true, List.of()));
    assertThat(add(40, 3, 7))
        .isEqualTo(new OrderNews(new Purchase(40, 3), false, List.of(new Purchase(50, 1))));
  }

  @Test
  void ofEqualTimes_theSmallestHashCounts() {
    add(50, 2, 7);

    assertThat(add(50, 1, 7).repeats()).containsExactly(new Purchase(50, 2));
    assertThat(orders.isRepeat(7, 50, 2)).isTrue();
    assertThat(orders.isRepeat(7, 50, 1)).isFalse();
  }

  @Test
  void purchaseBetweenTwoOrders_makesThemOne() {
    add(0, 1, 7);
    assertThat(add(101, 2, 7).isRepeat()).isFalse();

    OrderNews news = add(100, 3, 7);

    assertThat(news.isRepeat()).isTrue();
    assertThat(news.repeats()).containsExactly(new Purchase(101, 2));
  }

  @Test
  void newsAreSaidOnce() {
    orders.add(purchase(50, 1, 7), MEMORY);

    assertThat(orders.takeNews()).isNotEqualTo(OrderNews.NONE);
    assertThat(orders.takeNews()).isEqualTo(OrderNews.NONE);
  }

  /** Further orders count each time, and take no memory. */
  @Test
  void fullOrders_takeNoMore() {
    for (int i = 0; i < 10 * Orders.MOST; i++) {
      add(i, i, i + 1);
    }

    assertThat(add(9, 99_999, 10_000_000)).isEqualTo(OrderNews.NONE);
    assertThat(orders.isRepeat(10_000_000, 9, 99_999)).isFalse();
    assertThat(add(9, 99_999, 1).isRepeat()).isTrue();
    var out = new ByteWriter(64);
    orders.write(out);
    assertThat(out.toBytes().length).isLessThan(30 * Orders.MOST);
  }

  @Test
  void forgottenOrder_countsAgain() {
    add(50, 1, 7);
    orders.forgetBefore(50);
    assertThat(orders.isRepeat(7, 50, 2)).isTrue();

    orders.forgetBefore(51);

    assertThat(orders.isEmpty()).isTrue();
    assertThat(add(60, 2, 7).isRepeat()).isFalse();
  }

  @Test
  void digest_isThatOfThePurchasesThatCount() {
    add(50, 1, 7);
    long digest = orders.digest(40, 60);
    add(55, 2, 7);
    assertThat(orders.digest(40, 60)).isEqualTo(digest).isNotZero();
    assertThat(orders.digest(51, 60)).isZero();

    add(30, 3, 7);

    assertThat(orders.digest(40, 60)).isZero();
  }

  /**
   * In any order of arrival, with the state stored in between: each is compared with the one
   * before.
   */
  @Test
  void anyOrderOfArrival_countsTheSame() {
    var random = new Random(1);
    for (int history = 0; history < 300; history++) {
      var touches = new ArrayList<Touch>();
      for (int i = 0; i < 30; i++) {
        touches.add(purchase(random.nextInt(900), i, 1 + random.nextInt(3)));
      }
      Collections.shuffle(touches, random);
      Set<Purchase> counted = new HashSet<>();
      var known = new Orders();
      for (Touch touch : touches) {
        known.add(touch, MEMORY);
        OrderNews news = known.takeNews();
        assertThat(counted).containsAll(news.repeats());
        news.repeats().forEach(counted::remove);
        if (!news.isRepeat()) {
          counted.add(news.purchase());
        }
        known = stored(known);
      }

      assertThat(counted).isEqualTo(plain(touches));
      for (Touch touch : touches) {
        assertThat(known.isRepeat(touch.sale.order(), touch.time, touch.idHash))
            .isEqualTo(!counted.contains(new Purchase(touch.time, touch.idHash)));
      }
    }
  }

  private static Set<Purchase> plain(List<Touch> touches) {
    var sorted = new ArrayList<>(touches);
    sorted.sort(
        Comparator.<Touch>comparingLong(touch -> touch.time)
            .thenComparingLong(touch -> touch.idHash));
    var counted = new HashSet<Purchase>();
    for (int i = 0; i < sorted.size(); i++) {
      Touch touch = sorted.get(i);
      boolean isRepeat =
          sorted.subList(0, i).stream()
              .anyMatch(each ->
                  each.sale.order() == touch.sale.order() && touch.time - each.time <= MEMORY);
      if (!isRepeat) {
        counted.add(new Purchase(touch.time, touch.idHash));
      }
    }
    return counted;
  }
}
