package io.weir.tools.reconcile;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.CartProduct;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.Session;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.KeptFrom;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.Until;
import io.weir.tools.Commands;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Compares the subjects that count events. */
@ExtendWith(Servers.class)
class EventsReconcileIT {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** Yesterday at noon: buckets of 15 minutes are compared, too. */
  private final long start =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(12, ChronoUnit.HOURS).toEpochMilli();

  private int offset;

  EnrichedEvent at(String id, String type, long minute, Consumer<EnrichedEvent.Builder> change) {
    return event(
        id,
        builder -> {
          builder
              .setEventType(type)
              .setEventTime(start + minute * MINUTE)
              .setRawOffset(offset++)
              .setCountry("DE");
          change.accept(builder);
        });
  }

  static Product product(String id, int quantity, @Nullable Long price) {
    return Product.newBuilder()
        .setProductId(id)
        .setCategory(id.startsWith("shoe") ? "shoes" : null)
        .setQuantity(quantity)
        .setPriceE4(price)
        .setLineRevenueE4(price == null ? null : price * quantity)
        .build();
  }

  static void buy(EnrichedEvent.Builder builder, String order) {
    builder
        .setOrderId(order)
        .setCurrency("EUR")
        .setProducts(List.of(product("shoe1", 2, 10_000L), product("hat", 1, null)));
  }

  private List<EnrichedEvent> counted() {
    return List.of(
        at("a", "page_view", 0, e -> e.setUrlDomain("shop.example").setUrlPath("/x").setAppId("s")),
        at("b", "page_view", 1, e -> e.setUrl("app://start").setDevice("mobile").setCountry(null)),
        at("c", "product_view", 14, e -> e.setProducts(List.of(product("shoe1", 1, 5L)))),
        at("d", "add_to_cart", 15, e -> e.setProducts(List.of(product("hat", 3, 5L)))),
        at("e", "remove_from_cart", 15, e -> e.setProducts(List.of(product("hat", 3, 5L)))),
        at("f", "ad_click", 16, e -> e.setCampaignName("spring").setCampaignSource("mail")),
        at("g", "checkout", 16, e -> e.setIsBot(true)),
        at("h", "search", 17, _ -> {}),
        at("h1", "search", 17, e -> e.setSearchTerm("")),
        at("h2", "search", 17, e -> e.setSearchTerm("red shoes")),
        at("h3", "search", 17, e -> e.setSearchTerm("red shoes").setIsBot(true)),
        at("i", "sign_up", 17, e -> e.setVisitorId("other")),
        at("j", "purchase", 18, e -> buy(e, "o1")),
        at("k", "purchase", 19, e -> buy(e.setVisitorId("other"), "o1")),
        at("l", "purchase", 20, e -> buy(e.setAppId("app"), "o1")),
        at("m", "purchase", 21, e -> e.setCurrency("QQQ").setValueE4(7L)),
        at("n", "purchase", 21, e -> e.setOrderId("").setCurrency("USD").setValueE4(9L)),
        at(
            "o",
            "purchase",
            22,
            e ->
                e.setCurrency("EUR")
                    .setProducts(
                        List.of(
                            product("shoe2", 1, Long.MAX_VALUE),
                            product("shoe3", 1, Long.MAX_VALUE)))),
        at("p", "refund", 30, e -> buy(e, "o1")),
        at("q", "identify", 31, e -> e.setUserId("u")),
        at("r", "page_view", -1440, e -> e.setEventTime(start - 40 * DAY)),
        at("s", "purchase", 0, e -> buy(e.setEventTime(start - 31 * DAY), "o2")),
        at("late", "purchase", -3 * 1440, e -> buy(e.setIsLate(true), "o1")),
        at("late too", "page_view", -3 * 1440, e -> e.setIsLate(true)));
  }

  private List<EnrichedEvent> repeated() {
    return List.of(
        at("J", "purchase", 23, e -> buy(e, "o1")),
        at("S", "purchase", 0, e -> buy(e.setEventTime(start - 2 * DAY), "o2")),
        at("T", "purchase", 0, e -> buy(e.setEventTime(start - DAY), "o2")));
  }

  private static void take(Lake lake, TestSink factory, TableFeed feed, int rows) {
    var loop =
        new SinkLoop(factory.parts(feed, lake.catalog()), factory.consumer(feed.spec().name()));
    loop.start();
    Until.holds(() -> lake.rows(feed.spec()).size() == rows, loop);
    loop.close();
  }

  static PlainEvents fill(
      Lake lake, List<EnrichedEvent> counted, List<EnrichedEvent> repeated, Session... sessions) {
    var all = new ArrayList<>(counted);
    all.addAll(repeated);
    TestSink factory = lake.factory(Clock.systemUTC());
    all.forEach(each -> lake.produce(lake.topics().events(), 0, bytes(each)));
    List.of(sessions).forEach(each -> lake.produce(lake.topics().sessions(), 0, bytes(each)));
    take(lake, factory, factory.feeds().events(), all.size());
    take(lake, factory, factory.feeds().sessions(), sessions.length);
    takeRows(lake, factory, sessions.length);
    PlainGold.create(lake);
    PlainGold.of(UTC, List.of(sessions)).insert(lake);
    var gold = new PlainEvents(UTC);
    counted.forEach(each -> gold.add(onItsSide(each, sessions), false));
    repeated.forEach(each -> gold.add(onItsSide(each, sessions), true));
    return gold;
  }

  /** Gold's rows of sessions, of which it makes the carts of visitors. */
  private static void takeRows(Lake lake, TestSink factory, int sessions) {
    var loop =
        new SinkLoop(
            factory.gold(GoldTables.SESSION_METRICS, lake.topics().sessions(), AvroSerde.session()),
            factory.consumer("rows"));
    loop.start();
    String count = "SELECT count(*) FROM gold.session_metrics";
    Until.holds(() -> lake.gold(count).equals(Integer.toString(sessions)), loop);
    loop.close();
    // Without a time zone carts have no days.
    lake.change(
        """
        INSERT INTO gold.cell_versions VALUES (
          'p', 1, false, now(), 'progress', 'day', 'epoch', false, '', 'UTC', 0,
          0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '{}', NULL, NULL, 'epoch')
        """);
  }

  /** The event as gold counts it: a robot's if its session is a robot's. */
  private static EnrichedEvent onItsSide(EnrichedEvent event, Session... sessions) {
    boolean isOfARobot =
        Stream.of(sessions)
            .filter(session -> session.getIsBot() && !event.getIsLate())
            .filter(session -> session.getVisitorId().equals(event.getVisitorId()))
            .anyMatch(session ->
                event.getEventTime() >= session.getStartTime()
                    && event.getEventTime() <= session.getEndTime());
    return EnrichedEvent.newBuilder(event).setIsBot(event.getIsBot() || isOfARobot).build();
  }

  private static String run(Lake lake, int code, String... arguments) {
    return Commands.run(lake, code, Commands.with(new String[] {"reconcile"}, arguments));
  }

  LocalDate day(long days) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(start + days * DAY), ZoneOffset.UTC);
  }

  @Test
  void eventsProductsLateEventsAndVisitors_areEqual_andSeededDifferencesAreFound(Lake lake) {
    // The first order of o2 is 29 days before the second, which is a day before the third.
    PlainEvents gold = fill(lake, counted(), repeated());
    gold.addVisitors(day(-40), "", 1);
    gold.addVisitors(day(-31), "9", 1);
    gold.addVisitors(day(-2), "29", 1);
    gold.addVisitors(day(-1), "1", 1);
    gold.addVisitors(day(0), "1", 1);
    gold.addVisitors(day(0), "", 1);
    gold.insert(lake);

    assertThat(run(lake, 0)).containsPattern("^\\d+ cells of 0 sessions are equal");
    assertThat(run(lake, 0, "--from", day(-2).toString())).contains("are equal");

    lake.change(
        "UPDATE gold.cells SET purchases = purchases + 1"
            + " WHERE subject = 'events' AND dimension = 'event_type' AND value = 'purchase'");
    lake.change(
        "UPDATE gold.cells SET quantity = 5 WHERE subject = 'products' AND value = 'shoe2'");
    lake.change(
        "UPDATE gold.cells SET searches = 2 WHERE dimension = 'search_term' AND value = 'red shoes'");
    lake.change("UPDATE gold.cells SET events = 3 WHERE subject = 'late' AND value = 'page_view'");
    lake.change("UPDATE gold.cells SET visitors = 2 WHERE subject = 'visitors' AND value = '29'");
    assertThat(run(lake, 1))
        .containsPattern("events +\\| 15m .* event_type +\\| purchase +\\| purchases ")
        .containsPattern("products +\\| day .* product +\\| shoe2 +\\| quantity +\\| +1 \\| +5 ")
        .containsPattern(
            "events +\\| day .* people +\\| search_term +\\| red shoes +\\| searches +\\| +1 \\| +2 ")
        .containsPattern("late +\\| day .* page_view +\\| events +\\| +1 \\| +3 ")
        .containsPattern("visitors \\| day .* previous_day \\| 29 +\\| visitors +\\| +1 \\| +2 ");
  }

  @Test
  void valuesThatGoldDoesNotName_areComparedAsOne(Lake lake) {
    fill(
        lake,
        List.of(at("a", "add_to_cart", 0, e -> e.setProducts(List.of(product("x", 1, 1L))))),
        List.of());
    var gold = new PlainEvents(UTC);
    gold.add(
        at("a", "add_to_cart", 0, e -> e.setProducts(List.of(product("(other)", 1, 1L)))), false);
    gold.addVisitors(day(0), "", 1);
    gold.insert(lake);

    assertThat(run(lake, 0)).contains("In 1 places gold has (other)");
  }

  @Test
  void visitorsWithoutTheirPast_areNotCompared(Lake lake) {
    fill(lake, List.of(at("a", "page_view", 0, _ -> {})), List.of()).insert(lake);
    KeptFrom.raise(
        lake.table(LakeTables.EVENTS), Instant.ofEpochMilli(start).minus(Duration.ofDays(90)));

    assertThat(run(lake, 0)).contains("Visitors are not compared", "are equal");
  }

  private Session visit(String key, String visitor, long from, long to, boolean isBot) {
    return visit(key, visitor, from, to, isBot, _ -> {});
  }

  Session visit(
      String key,
      String visitor,
      long from,
      long to,
      boolean isBot,
      Consumer<Session.Builder> change) {
    return session(
        key,
        0,
        builder -> {
          builder
              .setVisitorId(visitor)
              .setStartTime(start + from * MINUTE)
              .setEndTime(start + to * MINUTE)
              .setDurationMs((to - from) * MINUTE)
              .setIsBounce(true)
              .setIsBot(isBot);
          change.accept(builder);
        });
  }

  static CartProduct left(String id, int quantity, Map<String, Long> value) {
    return new CartProduct(id, id.startsWith("shoe") ? "shoes" : null, (long) quantity, value);
  }

  @Test
  void cartsThatAreLeft_areEqual_andASeededDifferenceIsFound(Lake lake) {
    Consumer<Session.Builder> cart =
        builder ->
            builder
                .setAddToCarts(3)
                .setIsCartAbandoned(true)
                .setCartValueE4(Map.of("EUR", 7L, "CHF", -1L, "GBP", 5L, "QQQ", 3L))
                .setCartProducts(
                    List.of(
                        left("shoe1", 2, Map.of("EUR", 4L, "CHF", -4L)),
                        left("shoe2", 1, Map.of("EUR", Long.MAX_VALUE)),
                        left("hat", 1, Map.of()),
                        left("gone", 0, Map.of("EUR", 4L)),
                        left("more gone", -1, Map.of("EUR", 4L))));
    fill(
        lake,
        List.of(),
        List.of(),
        visit("a", "v", 0, 1, false, cart),
        visit("b", "v", 20, 21, true, cart.andThen(builder -> builder.setCountry("DE"))),
        visit("c", "w", 3, 4, false, cart.andThen(builder -> builder.setCartProducts(List.of()))),
        visit("d", "w", 40, 41, false, cart.andThen(EventsReconcileIT::sold)));

    assertThat(run(lake, 0)).contains("cells of 4 sessions are equal");

    lake.change("UPDATE gold.cells SET quantity = 9 WHERE subject = 'carts' AND value = 'hat'");
    assertThat(run(lake, 1))
        .containsPattern(
            "carts +\\| day .* robots \\| product +\\| hat +\\| quantity \\| +1 \\| +9 ");
  }

  private static void sold(Session.Builder builder) {
    builder.setIsCartAbandoned(false).setPurchases(1).setIsConverted(true);
  }

  @Test
  void daysOfVisitors_followTheirSessions(Lake lake) {
    List<EnrichedEvent> events =
        List.of(
            at("a", "page_view", -1440, e -> e.setVisitorId("spans")),
            at("b", "page_view", -1440, e -> e.setVisitorId("robot")),
            at("c", "page_view", 1, e -> e.setVisitorId("robot")),
            at("d", "page_view", 0, e -> e.setVisitorId("refused").setConsentAnalytics(false)),
            at("e", "identify", 0, e -> e.setVisitorId("known").setUserId("u")),
            at("f", "page_view", 0, e -> e.setVisitorId("agent").setIsBot(true)),
            at("g", "page_view", -410 * 1440, e -> e.setVisitorId("long ago")),
            at("h", "page_view", 0, e -> e.setVisitorId("long ago")));
    PlainEvents gold =
        fill(
            lake,
            events,
            List.of(),
            visit("s", "spans", -1440, 1440, false),
            visit("r", "robot", -1440, -1430, true),
            visit("k", "known", 0, 0, false),
            visit("x", "refused", 0, 0, false));
    gold.addVisitors(day(-410), "", 1);
    gold.addVisitors(day(-1), "", 1);
    gold.addVisitors(day(0), "", 1);
    gold.addVisitors(day(0), "1", 1);
    gold.addVisitors(day(0), "401", 1);
    gold.addVisitors(day(1), "1", 1);
    gold.insert(lake);

    assertThat(run(lake, 0)).contains("are equal");
  }
}
