package io.weir.tools.reconcile;

import static io.weir.tools.reconcile.EventsReconcileIT.buy;
import static io.weir.tools.reconcile.EventsReconcileIT.fill;
import static io.weir.tools.reconcile.EventsReconcileIT.left;
import static io.weir.tools.reconcile.EventsReconcileIT.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.tools.Commands;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Erases a person and proves that the numbers of events, carts and visitors still add up. */
@ExtendWith(Servers.class)
class ErasedEventsIT {
  private static final String GONE = "visitor-to-be-forgotten-1";
  private static final String STAYS = "visitor-who-stays";

  private final EventsReconcileIT silver = new EventsReconcileIT();

  private EnrichedEvent at(String id, String type, long minute, String visitor) {
    return silver.at(
        id,
        type,
        minute,
        builder -> {
          builder.setVisitorId(visitor);
          if (type.equals("purchase")) {
            buy(builder, "o1");
          } else if (type.startsWith("add")) {
            builder.setProducts(List.of(product("shoe of " + visitor, 2, 5L)));
          }
        });
  }

  private EnrichedEvent mentions(String id, String type, long minute) {
    EnrichedEvent event = at(id, type, minute, STAYS);
    event.setUrl("https://shop.example/friends/" + GONE);
    return event;
  }

  private static EnrichedEvent late(EnrichedEvent event) {
    event.setIsLate(true);
    return event;
  }

  private List<EnrichedEvent> counted() {
    return List.of(
        at("a", "page_view", -1440, GONE),
        at("b", "add_to_cart", 0, GONE),
        at("c", "purchase", 1, GONE),
        late(at("d", "purchase", 2, GONE)),
        at("e", "add_to_cart", 0, STAYS),
        mentions("f", "purchase", 5),
        mentions("g", "page_view", -1440),
        at("h", "page_view", 719, GONE),
        late(at("i", "search", 2, STAYS)));
  }

  private Session cart(String key, String visitor, long from) {
    return silver.visit(
        key,
        visitor,
        from,
        from + 1,
        false,
        builder ->
            builder
                .setAddToCarts(3)
                .setIsCartAbandoned(true)
                .setCartValueE4(Map.of("EUR", 7L))
                .setCartProducts(List.of(left("shoe of " + visitor, 2, Map.of("EUR", 4L)))));
  }

  @Test
  void erasedEvents_leaveGoldEqual_andNoTrace(Lake lake) {
    PlainEvents gold =
        fill(
            lake,
            counted(),
            List.of(at("k", "purchase", 3, GONE), at("l", "purchase", 8, STAYS)),
            cart("one", GONE, -1440),
            cart("two", STAYS, 0));
    gold.addVisitors(silver.day(-1), "", 2);
    gold.addVisitors(silver.day(0), "1", 2);
    gold.insert(lake);
    assertThat(Commands.run(lake, 0, "reconcile")).contains("2 sessions are equal");

    assertThat(Commands.run(lake, 0, "forget", "--visitor", GONE))
        .contains("gold.erased: the sums of 1 sessions and 8 events added");

    assertThat(lake.rows(LakeTables.EVENTS)).hasSize(3);
    assertThat(Commands.run(lake, 0, "reconcile")).contains("2 sessions are equal");
    assertThat(lake.gold("SELECT string_agg(DISTINCT subject, ' ') FROM gold.erased"))
        .isEqualTo("carts events late products sessions visitors");
    assertThat(lake.gold("SELECT string_agg(e::text, ' ') FROM gold.erased AS e"))
        .contains("(other)")
        .doesNotContain("forgotten");
    // The purchase that mentioned the person was that of an order, which its reload now is.
    assertThat(
            lake.gold(
                "SELECT purchases FROM gold.erased WHERE subject = 'events' AND grain = 'day'"
                    + " AND dimension = 'event_type' AND value = 'purchase'"))
        .isEqualTo("1");
  }

  @Test
  void runThatEndsMidway_countsNothingTwice(Lake lake) {
    PlainEvents gold = fill(lake, counted(), List.of(), cart("one", GONE, -1440));
    gold.addVisitors(silver.day(-1), "", 2);
    gold.addVisitors(silver.day(0), "1", 2);
    gold.insert(lake);
    lake.change("ALTER TABLE gold.erased ADD CONSTRAINT full_disk CHECK (false) NOT VALID");
    Commands.run(lake, 2, "forget", "--visitor", GONE);
    assertThat(lake.rows(LakeTables.EVENTS)).hasSize(2);
    lake.change("ALTER TABLE gold.erased DROP CONSTRAINT full_disk");

    Commands.run(lake, 0, "forget", "--visitor", GONE);

    assertThat(Commands.run(lake, 0, "reconcile")).contains("1 sessions are equal");
  }
}
