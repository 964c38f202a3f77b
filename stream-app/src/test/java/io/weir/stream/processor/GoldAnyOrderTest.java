package io.weir.stream.processor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.Session;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.process.trace.Tracing;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.gold.Recomputation;
import io.weir.stream.gold.days.DayCell;
import io.weir.stream.gold.days.DayCells;
import io.weir.stream.ingest.EventRules;
import io.weir.stream.ingest.TimeRules;
import io.weir.stream.processor.visitors.VisitorCache;
import io.weir.stream.session.Events;
import io.weir.stream.session.rules.BotRules;
import io.weir.stream.session.rules.SessionRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated histories of several visitors in random orders of arrival, with duplicates, late
 * events, merges, retractions and robots, with commits and crashes at random points: at every
 * commit the cells are those that the emitted sessions and events add up to.
 */
class GoldAnyOrderTest {
  private static final AvroSerde<GoldCell> SERDE = AvroSerde.goldCell();

  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  /** The night in which the clock goes forward. */
  private static final long T0 = Instant.parse("2026-03-28T18:00:00Z").toEpochMilli();

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = 24 * HOUR;

  /** How long orders are remembered: less than a history lasts. */
  private static final Duration ORDERS = Duration.ofHours(14);

  private static final int HISTORIES = 2;
  private static final int VISITORS = 5;
  private static final int VISITS = 6;

  @TempDir private Path folder;

  /** What happened in all histories, so that the test cannot pass because nothing did. */
  private int revisions;

  private int retractions;
  private int flips;
  private int crashes;
  private int reorders;

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 8})
  void cells_areTheRecomputation(long seed) {
    run(seed, rules(20_000, 4 << 20), 20_000);

    assertThat(List.of(revisions, retractions, flips, crashes, reorders))
        .allMatch(count -> count > 0);
  }

  /** All sessions but the last are sealed again and again, and cells hardly fit in memory. */
  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void cellsOfSealedSessions_areTheRecomputation(long seed) {
    run(seed, rules(20_000, 600), 40);

    assertThat(List.of(revisions, crashes)).allMatch(count -> count > 0);
  }

  /** Sessions are folded from eight events on. */
  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void cellsOfFoldedSessions_areTheRecomputation(long seed) {
    run(seed, rules(8, 4 << 20), 20_000);

    assertThat(List.of(revisions, flips, crashes)).allMatch(count -> count > 0);
  }

  private static SessionRules rules(int maxEvents, int visitorMaxBytes) {
    SessionRules usual = Events.RULES;
    return new SessionRules(
        usual.gap(),
        usual.grace(),
        Duration.ofHours(8),
        Duration.ofHours(3),
        maxEvents,
        ORDERS,
        visitorMaxBytes,
        usual.splits(),
        // A few events fulfil them, and further events may undo that.
        new BotRules(6, 3, 3),
        usual.goals(),
        // As an application that takes over from another one.
        1_000_000);
  }

  private void run(long seed, SessionRules rules, int mostInMemory) {
    var random = new Random(seed);
    for (int i = 0; i < HISTORIES; i++) {
      var gold = new GoldRules(ZONE, Duration.ofDays(35), GoldRules.MOST_NAMES, mostInMemory);
      run(settings(rules, gold), arrivals(random), random);
    }
  }

  private static StreamSettings settings(SessionRules rules, GoldRules gold) {
    return new StreamSettings(
        TopicSettings.topics(Settings.of(Map.of())),
        1,
        new TimeRules(Duration.ofMinutes(5), Duration.ofDays(30)),
        EventRules.any(),
        rules,
        gold,
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        _ -> false,
        List::of,
        new VisitorCache(1 << 14),
        _ -> OptionalLong.of(1),
        Tracing.off());
  }

  private void run(StreamSettings settings, List<EnrichedEvent> arrivals, Random random) {
    var task = new CrashingTask(settings, folder.toFile(), T0);
    int next = 0;
    int committed = 0;
    while (next < arrivals.size()) {
      task.now += random.nextInt(2_000);
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> task.settle();
        case 3 -> {
          task.commit();
          committed = next;
          compareQuality(task, committed);
          if (random.nextInt(4) == 0) {
            compare(task);
          }
        }
        case 4 -> {
          if (random.nextInt(3) == 0) {
            task.crash();
            next = committed;
            crashes++;
          }
        }
        default -> task.process(copy(arrivals.get(next++)));
      }
    }
    EnrichedEvent last = event("last", "last", T0 + 20 * DAY, "page_view");
    task.process(last);
    task.settle();
    task.commit();
    compare(task);
    compareOrders(task);
    compareVisitors(task);
    assertFactsEnd(task);
    count(task.sessions());
  }

  /** The rules keep the facts of a session for less than two days. */
  private static void assertFactsEnd(CrashingTask task) {
    assertThat(task.committed(StepNames.SESSION_FACTS)).isNotEmpty();
    for (int i = 0; i < 20; i++) {
      task.settle();
    }
    task.commit();

    // What is left are the floors, and the numbers of names on the day of the last event.
    assertThat(task.committed(StepNames.SESSION_FACTS).keySet())
        .allMatch(key -> key.get()[0] < 2)
        .hasSizeLessThanOrEqualTo(8);
    compare(task);
  }

  /** Processing changes an event in place. */
  private static EnrichedEvent copy(EnrichedEvent event) {
    return EnrichedEvent.newBuilder(event).build();
  }

  private static void compare(CrashingTask task) {
    assertThat(Recomputation.stored(cells(task)))
        .isEqualTo(Recomputation.of(rows(task).values(), task.events(), ZONE, ORDERS));
  }

  /** Sessions and events count the same purchases once all sessions are closed. */
  private static void compareOrders(CrashingTask task) {
    var purchases = new HashMap<String, Long>();
    for (GoldCell cell : cells(task)) {
      boolean isTotal = cell.getDimension().isEmpty() && cell.getGrain().equals("day");
      if (isTotal && List.of("sessions", "events").contains(cell.getSubject())) {
        purchases.merge(cell.getSubject(), cell.getPurchases(), Long::sum);
      }
    }
    assertThat(purchases.get("sessions")).isEqualTo(purchases.get("events"));
  }

  /** Each record counts once, in the transaction that took it. */
  private static void compareQuality(CrashingTask task, long records) {
    for (String grain : List.of("1m", "15m", "day")) {
      var counts = new HashMap<String, Long>();
      for (GoldCell cell : cells(task)) {
        if (cell.getSubject().equals("quality") && cell.getGrain().equals(grain)) {
          counts.merge(cell.getValue(), cell.getEvents(), Long::sum);
        }
      }
      long accepted = counts.getOrDefault("accepted", 0L);
      assertThat(counts.getOrDefault("received", 0L)).isEqualTo(records);
      assertThat(accepted).isEqualTo(task.events().size());
      assertThat(accepted + counts.getOrDefault("duplicate", 0L)).isEqualTo(records);
      assertThat(counts.getOrDefault("robot", 0L))
          .isEqualTo(task.events().stream().filter(EnrichedEvent::getIsBot).count());
      assertThat(counts.getOrDefault("late", 0L))
          .isEqualTo(task.events().stream().filter(EnrichedEvent::getIsLate).count());
    }
  }

  private static Map<String, Session> rows(CrashingTask task) {
    var rows = new HashMap<String, Session>();
    for (Session row : task.sessions()) {
      rows.merge(
          row.getSessionKey(),
          row,
          (one, other) -> other.getRevision() > one.getRevision() ? other : one);
    }
    return rows;
  }

  private static List<GoldCell> cells(CrashingTask task) {
    return task.committed(StepNames.GOLD).values().stream()
        .map(bytes -> requireNonNull(SERDE.deserialize("", bytes)))
        .toList();
  }

  /** All sessions but the one of the last event are closed. */
  private static void compareVisitors(CrashingTask task) {
    var days = new HashMap<String, Set<Integer>>();
    days.put("last", new HashSet<>(Set.of(day(T0 + 20 * DAY))));
    for (Session row : rows(task).values()) {
      for (int day = day(row.getStartTime()); day <= day(row.getEndTime()); day++) {
        if (!row.getIsRetracted() && !row.getIsBot()) {
          days.computeIfAbsent(row.getVisitorId(), _ -> new HashSet<>()).add(day);
        }
      }
    }
    var cells = new DayCells();
    for (GoldCell cell : cells(task)) {
      if (cell.getSubject().equals("visitors")) {
        String previous = cell.getValue();
        int since = previous.isEmpty() ? DayCell.NEW : Integer.parseInt(previous);
        cells.add(new DayCell(day(cell.getBucketStart()), since), (int) cell.getVisitors());
      }
    }
    for (int from = day(T0 - DAY); from <= day(T0 + 21 * DAY); from++) {
      for (int to = from; to <= day(T0 + 21 * DAY); to++) {
        int first = from;
        int last = to;
        long visitors =
            days.values().stream()
                .filter(active -> active.stream().anyMatch(day -> day >= first && day <= last))
                .count();
        assertThat(cells.visitors(from, to))
            .as("%d to %d of %s", from, to, days)
            .isEqualTo(visitors);
      }
    }
  }

  private static int day(long time) {
    return (int) Instant.ofEpochMilli(time).atZone(ZONE).toLocalDate().toEpochDay();
  }

  /** A session that counts an order until an earlier purchase turns up in another session. */
  private void countReorders(Session before, Session row) {
    boolean isSame = before.getEvents() == row.getEvents() && !row.getIsRetracted();
    reorders += isSame && before.getPurchases() > row.getPurchases() ? 1 : 0;
  }

  private void count(List<Session> sessions) {
    var rows = new HashMap<String, Session>();
    for (Session row : sessions) {
      Session before = rows.put(row.getSessionKey(), row);
      revisions += row.getRevision() > 0 ? 1 : 0;
      retractions += row.getIsRetracted() ? 1 : 0;
      if (before != null && !before.getIsRetracted() && !row.getIsRetracted()) {
        flips += before.getIsBot() == row.getIsBot() ? 0 : 1;
        countReorders(before, row);
      }
    }
  }

  /** Events in the order of their arrival: up to ten hours late, a fifth of them twice. */
  private static List<EnrichedEvent> arrivals(Random random) {
    var arrivals = new ArrayList<EnrichedEvent>();
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      long time = T0 + random.nextLong(DAY);
      for (int visit = 0; visit < VISITS; visit++) {
        int events = 1 + random.nextInt(14);
        for (int i = 0; i < events; i++) {
          EnrichedEvent event =
              event("v" + visitor, visitor + "-" + visit + "-" + i, time, type(random));
          vary(event, random);
          arrivals.add(event);
          if (random.nextInt(5) == 0) {
            arrivals.add(event);
          }
          time += random.nextLong(HOUR / 5);
        }
        time += HOUR / 4 + random.nextLong(HOUR);
      }
    }
    var times = new IdentityHashMap<EnrichedEvent, Long>();
    arrivals.forEach(event -> {
      long delay = random.nextInt(4) == 0 ? random.nextLong(10 * HOUR) : 0;
      times.put(event, event.getEventTime() + delay);
    });
    arrivals.sort(Comparator.comparingLong(times::get));
    return arrivals;
  }

  private static EnrichedEvent event(String visitor, String id, long time, String type) {
    EnrichedEvent event =
        List.of("purchase", "refund").contains(type)
            ? Events.purchase(id, time, 19_900)
            : Events.event(id, type, time);
    event.setEventType(type);
    event.setVisitorId(visitor);
    event.setUrlPath("/");
    return event;
  }

  private static String type(Random random) {
    return switch (random.nextInt(20)) {
      case 0, 12, 13 -> "purchase";
      case 1 -> "add_to_cart";
      case 2 -> "identify";
      case 3 -> "checkout";
      case 4 -> "search";
      case 5 -> "product_view";
      case 9 -> "refund";
      case 11 -> "remove_from_cart";
      case 6, 7 -> "ad_impression";
      case 8, 10 -> "ad_click";
      case 18 -> "sign_up";
      case 19 -> "page_ping";
      default -> "page_view";
    };
  }

  private static void vary(EnrichedEvent event, Random random) {
    event.setUrlPath("/page-" + random.nextInt(12));
    event.setIsBot(random.nextInt(60) == 0);
    event.setAppId(random.nextInt(3) == 0 ? null : "app " + random.nextInt(2));
    if (event.getEventType().equals("purchase") && random.nextInt(4) > 0) {
      event.setOrderId("order " + random.nextInt(3));
    }
    if (event.getEventType().equals("search")) {
      int kind = Math.floorMod(event.getEventId().hashCode(), 5);
      event.setSearchTerm(kind == 0 ? null : kind == 1 ? "" : "term " + kind);
    }
    if (event.getEventType().startsWith("ad_") && random.nextInt(8) > 0) {
      event.setAdId("ad" + random.nextInt(3));
      event.setProperties(Map.of("position", "slot " + random.nextInt(3)));
    }
    if (random.nextInt(3) == 0) {
      event.setCountry(List.of("DE", "AT", "CH").get(random.nextInt(3)));
      event.setCity("city " + random.nextInt(2));
      event.setCampaignName("sale " + random.nextInt(3));
      event.setCampaignSource("news");
    }
    if (List.of("purchase", "refund", "product_view", "add_to_cart", "remove_from_cart")
        .contains(event.getEventType())) {
      event.setProducts(List.of(product(random), product(random)));
    }
    if (event.getEventType().equals("checkout")) {
      event.setValueE4((long) random.nextInt(100_000));
      event.setCurrency("");
    }
    if (event.getEventType().endsWith("_cart")) {
      event.setCurrency("");
    }
    if (event.getCurrency() != null) {
      event.setCurrency(List.of("EUR", "JPY", "USD").get(random.nextInt(3)));
    }
  }

  private static Product product(Random random) {
    var product = new Product();
    product.setProductId("p" + random.nextInt(9));
    product.setCategory(random.nextBoolean() ? "shoes" : null);
    product.setQuantity(1 + random.nextInt(3));
    product.setPriceE4(random.nextInt(4) == 0 ? null : 19_900L);
    Long price = product.getPriceE4();
    product.setLineRevenueE4(price == null ? null : price * product.getQuantity());
    return product;
  }
}
