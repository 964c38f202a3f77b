package io.weir.stream.session.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.AdPlaceCounts;
import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Session;
import io.weir.stream.session.Events;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.Sale;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchRun;
import io.weir.stream.session.touch.TouchType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoalSumsTest {
  private static List<GoalCounts> counts(GoalSums sums) {
    var row = new Session();
    sums.fill(row);
    return row.getGoals();
  }

  private static GoalSums stored(GoalSums sums) {
    var out = new ByteWriter(64);
    sums.write(out);
    return GoalSums.read(new ByteReader(out.toBytes()));
  }

  private static String name(int i) {
    return "g%03d".formatted(i);
  }

  /** More goals and currencies than are named, in several parts that are stored now and then. */
  @Test
  void manyGoalsAndCurrencies_areTheSameInAnyOrderAndPartition() {
    var random = new Random(1);
    var events = new ArrayList<int[]>();
    for (int i = 0; i < 3_000; i++) {
      events.add(new int[] {random.nextInt(130), random.nextInt(7), random.nextInt(50)});
    }
    List<GoalCounts> first = List.of();
    for (int order = 0; order < 5; order++) {
      Collections.shuffle(events, random);
      var parts = List.of(new GoalSums(), new GoalSums(), new GoalSums());
      for (int[] event : events) {
        parts.get(random.nextInt(3)).add(List.of(name(event[0])), "C" + event[1], event[2]);
      }
      var all = new GoalSums();
      parts.forEach(part -> all.addAll(stored(part)));
      List<GoalCounts> counts = counts(all);
      assertThat(order == 0 ? counts : first).isEqualTo(counts);
      first = counts;
    }
    assertThat(first).hasSize(101).allMatch(each -> each.getValueE4().size() <= 5);
    assertThat(first.getLast().getGoal()).isEqualTo("(other)");
    assertThat(first.stream().mapToInt(GoalCounts::getEvents).sum()).isEqualTo(3_000);
    assertThat(first.stream().flatMap(each -> each.getValueE4().values().stream()))
        .extracting(Long::intValue)
        .satisfies(all ->
            assertThat(all.stream().mapToInt(i -> i).sum())
                .isEqualTo(events.stream().mapToInt(event -> event[2]).sum()));
  }

  @Test
  void amountsThatAreTooLarge_stopAtTheLargest() {
    var sums = new GoalSums();
    sums.add(List.of("a"), "EUR", Long.MAX_VALUE);
    sums.add(List.of("a"), "EUR", 1);

    assertThat(counts(sums))
        .containsExactly(new GoalCounts("a", 2, new HashMap<>(Map.of("EUR", Long.MAX_VALUE))));
  }

  @Test
  void goalsOfOrders_surviveAndFollowTheFirstPurchase() {
    var sales = new Sales();
    sales.add(purchase(20, 7), "EUR", List.of("late"));
    sales.add(purchase(10, 7), "EUR", List.of("a", "b"));
    sales.add(purchase(10, 8), "EUR", List.of());
    var out = new ByteWriter(64);
    sales.write(out);
    sales.writeGoals(out);
    var in = new ByteReader(out.toBytes());
    Sales again = Sales.read(in);
    again.readGoals(in);

    assertThat(in.isAtEnd()).isTrue();
    var all = new GoalSums();
    again.addGoalsTo(all, new Orders());
    assertThat(counts(all))
        .containsExactly(
            new GoalCounts("a", 1, Map.of("EUR", 500L)),
            new GoalCounts("b", 1, Map.of("EUR", 500L)));
  }

  /** Orders that are not known apart count at once, and are stored with their goals. */
  @Test
  void goalsOfOrdersBeyondTheMost_count() {
    var sales = new Sales();
    for (int i = 1; i <= Sales.MOST + 10; i++) {
      sales.add(purchase(i, i), "EUR", List.of("a"));
    }
    var all = new GoalSums();
    sales.addGoalsTo(all, new Orders());

    assertThat(counts(all).getFirst().getEvents()).isEqualTo(Sales.MOST + 10);
  }

  private static Touch purchase(long time, long order) {
    var touch = new Touch.Builder();
    touch.type = TouchType.PURCHASE.code();
    touch.time = time;
    touch.sale = new Sale(500, order);
    return touch.build();
  }

  /** A fold that was written before there were places of ads, carts or goals ends there. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5, 12})
  void olderFold_isRead(int missing) {
    byte[] whole = new SessionSums().toFold().blob().bytes();
    byte[] older = Arrays.copyOf(whole, whole.length - lastStep() - missing);
    var row = new Session();

    SessionSums.read(new ByteReader(older)).fill(row, new Orders());

    assertThat(row.getGoals()).isEmpty();
    assertThat(row.getCartValueE4()).isEmpty();
    assertThat(row.getAdPages()).isEmpty();
    SessionSums.read(new ByteReader(whole)).fill(row, new Orders());
    assertThat(row.getGoals()).isEmpty();
  }

  /** The bytes of what follows the places and the products: the last step. */
  private static int lastStep() {
    var out = new ByteWriter(32);
    new Latest().write(out);
    return out.toBytes().length;
  }

  /** What a fold of the version before places of ads counted has the empty value. */
  @Test
  void olderFoldWithAds_isRead() {
    var run = new TouchRun();
    var ads = new AdClicks();
    for (TouchType type : List.of(TouchType.AD_IMPRESSION, TouchType.AD_CLICK)) {
      var touch = new Touch.Builder();
      touch.type = type.code();
      touch.context = run.context(Events.event("e", "ad", 0));
      touch.label = run.dictionary().texts().intern("a");
      touch.page = run.dictionary().texts().intern("/p");
      run.insert(touch.build());
      ads.add(type.code(), "a", "/p", 0);
    }
    var sums = new SessionSums();
    sums.add(run, 0, 2);
    byte[] whole = sums.toFold().blob().bytes();
    var places = new ByteWriter(64);
    ads.writePlaces(places);
    int noProducts = 1;
    int end = whole.length - lastStep() - places.toBytes().length - noProducts;
    var row = new Session();

    SessionSums.read(new ByteReader(Arrays.copyOf(whole, end))).fill(row, new Orders());

    assertThat(row.getAdPages()).containsExactly(new AdPlaceCounts("", 1, 1, 1));
    assertThat(row.getAdPositions()).containsExactly(new AdPlaceCounts("", 1, 1, 1));
  }
}
