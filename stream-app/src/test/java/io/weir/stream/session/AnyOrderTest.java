package io.weir.stream.session;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.Hash64;
import io.weir.stream.session.codec.VisitorStateCodec;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.rules.SessionRules.Splits;
import io.weir.stream.session.visitor.VisitorState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated histories arrive in random orders, with duplicates, and are settled now and then at
 * watermarks that close sessions early. The sessions that remain are those of a plain sort and one
 * pass, whatever the order.
 */
class AnyOrderTest {
  private static final long GAP = RULES.gap().toMillis();
  private static final long HISTORY = Duration.ofHours(20).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int HISTORIES = 300;
  private static final int ORDERS = 5;

  static final SessionRules SPLIT_RULES =
      new SessionRules(
          RULES.gap(),
          RULES.grace(),
          RULES.allowedLateness(),
          Duration.ofHours(2),
          RULES.maxEvents(),
          RULES.visitorMemory(),
          RULES.visitorMaxBytes(),
          new Splits(true, Optional.of(ZoneId.of("Asia/Kolkata"))),
          RULES.bots(),
          RULES.goals(),
          0);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void finalSessions_areThoseOfASortAndOnePass(long seed) {
    compare(seed, RULES);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void finalSessionsWithAllSplits_areThoseOfASortAndOnePass(long seed) {
    compare(seed, SPLIT_RULES);
  }

  /** The histories are so long that most of each is frozen, opened and frozen again. */
  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void finalLongSessions_areThoseOfASortAndOnePass(long seed) {
    compare(seed, RULES, 15, AnyOrderTest::longHistory);
    compare(seed, SPLIT_RULES, 15, AnyOrderTest::longHistory);
  }

  private static void compare(long seed, SessionRules rules) {
    compare(seed, rules, HISTORIES, AnyOrderTest::history);
  }

  private static void compare(
      long seed, SessionRules rules, int histories, Function<Random, List<EnrichedEvent>> of) {
    var random = new Random(seed);
    for (int i = 0; i < histories; i++) {
      List<EnrichedEvent> history = of.apply(random);
      List<Session> first = null;
      for (int order = 0; order < ORDERS; order++) {
        List<Session> sessions = run(history, rules, random);
        assertThat(sessions.stream().map(AnyOrderTest::shape)).isEqualTo(reference(history, rules));
        List<Session> comparable = sessions.stream().map(AnyOrderTest::withoutHistory).toList();
        if (first != null) {
          assertThat(comparable).isEqualTo(first);
        }
        first = comparable;
      }
    }
  }

  private static @Nullable String order(Random random) {
    return random.nextInt(3) == 0 ? null : "order-" + random.nextInt(3);
  }

  private static List<EnrichedEvent> history(Random random) {
    return history(random, 1 + random.nextInt(30), 2 * GAP);
  }

  private static List<EnrichedEvent> longHistory(Random random) {
    return history(random, 60 + random.nextInt(140), GAP / 8);
  }

  private static List<EnrichedEvent> history(Random random, int count, long pause) {
    var events = new ArrayList<EnrichedEvent>();
    long time = T0;
    for (int i = 0; i < count && time < T0 + HISTORY; i++) {
      String id = "e" + i;
      EnrichedEvent event =
          switch (random.nextInt(17)) {
            case 0 -> Events.order(id, time, random.nextInt(1_000_000), order(random));
            case 13 -> Events.refund(id, time, random.nextInt(1_000));
            case 9, 10 ->
                Events.placed(
                    Events.ad(id, "ad_impression", time, "ad-" + random.nextInt(2)), random);
            case 11, 12 ->
                Events.placed(Events.ad(id, "ad_click", time, "ad-" + random.nextInt(2)), random);
            case 1, 14 -> Events.event(id, "add_to_cart", time);
            case 15 -> Events.event(id, "remove_from_cart", time);
            case 2 -> Events.event(id, "identify", time);
            case 16 -> Events.event(id, "newsletter", time);
            case 3 -> PlainFeatures.viewed(Events.event(id, "product_view", time), random);
            case 4 -> Events.event(id, "checkout", time);
            case 5 -> Events.event(id, "page_ping", time);
            default -> Events.pageView(id, time);
          };
      if (event.getEventType().endsWith("_cart") && random.nextBoolean()) {
        PlainCart.filled(event, random);
      }
      if (event.getOrderId() == null && random.nextInt(4) == 0) {
        event.setAppId("app-" + random.nextInt(3));
      }
      if (random.nextInt(6) == 0) {
        event.setCampaignSource("source-" + random.nextInt(2));
      }
      events.add(event);
      time +=
          switch (random.nextInt(count > 30 ? 40 : 6)) {
            case 0 -> GAP;
            case 1 -> GAP + 1;
            case 2 -> 0;
            default -> random.nextLong(pause);
          };
    }
    return events;
  }

  /** The sessions that remain after all events in a random order, some of them twice. */
  private static List<Session> run(List<EnrichedEvent> history, SessionRules rules, Random random) {
    var arrivals = new ArrayList<>(history);
    for (EnrichedEvent event : history) {
      if (random.nextInt(5) == 0) {
        arrivals.add(event);
      }
    }
    Collections.shuffle(arrivals, random);
    return live(arrivals, rules, random);
  }

  /** Days of history, each event delayed by less than the allowed lateness: most is forgotten. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void finalSessionsOverDays_areThoseOfASortAndOnePass(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < HISTORIES; i++) {
      List<EnrichedEvent> history = new ArrayList<>();
      for (int day = 0; day < 5; day++) {
        for (EnrichedEvent event : history(random)) {
          event.setEventId(day + event.getEventId());
          event.setEventTime(event.getEventTime() + day * DAY);
          history.add(event);
        }
      }
      var arrivals = new ArrayList<>(history);
      var arrivalTimes = new IdentityHashMap<EnrichedEvent, Long>();
      history.forEach(e -> arrivalTimes.put(e, e.getEventTime() + random.nextLong(HISTORY)));
      arrivals.sort(Comparator.comparingLong(arrivalTimes::get));

      List<Session> sessions = live(arrivals, RULES, random);

      assertThat(sessions.stream().map(AnyOrderTest::shape)).isEqualTo(reference(history, RULES));
    }
  }

  private static List<Session> live(
      List<EnrichedEvent> arrivals, SessionRules rules, Random random) {
    var sessionizer = new Sessionizer(rules);
    var live = new HashMap<String, Session>();
    byte[] bytes = VisitorStateCodec.encode(new VisitorState());
    long watermark = Watermark.NONE;
    for (EnrichedEvent event : arrivals) {
      VisitorState state = VisitorStateCodec.decode(bytes);
      sessionizer.accept(state, event, watermark);
      watermark = Math.max(watermark, event.getEventTime());
      if (random.nextInt(3) == 0) {
        sessionizer.settle("visitor", state, watermark, session -> apply(live, session));
      }
      bytes = VisitorStateCodec.encode(state);
    }
    VisitorState state = VisitorStateCodec.decode(bytes);
    sessionizer.settle("visitor", state, T0 + 10 * DAY, session -> apply(live, session));
    return live.values().stream()
        .filter(session -> !session.getIsRetracted())
        .sorted(Comparator.comparingLong(Session::getStartTime))
        .toList();
  }

  /** Applies a row as a consumer would: a higher revision replaces a lower one. */
  private static void apply(Map<String, Session> live, Session session) {
    Session before = live.put(session.getSessionKey(), session);
    if (before != null) {
      assertThat(session.getRevision()).isGreaterThan(before.getRevision());
    }
  }

  /** A session without the columns that depend on the order of arrival. */
  private static Session withoutHistory(Session session) {
    session.setRevision(0);
    session.setLateEvents(0);
    return session;
  }

  private record Shape(
      long start,
      long end,
      int events,
      int purchases,
      long revenue,
      long refunded,
      int number,
      PlainFeatures features,
      PlainColumns columns) {}

  private static Shape shape(Session session) {
    return new Shape(
        session.getStartTime(),
        session.getEndTime(),
        session.getEvents(),
        session.getPurchases(),
        session.getRevenueE4().getOrDefault("EUR", 0L),
        session.getRefundedE4().getOrDefault("EUR", 0L),
        session.getVisitorSessionNumber(),
        PlainFeatures.of(session.getFeatures()),
        PlainColumns.of(session));
  }

  private static List<Shape> reference(List<EnrichedEvent> history, SessionRules rules) {
    var sorted = new ArrayList<>(history);
    sorted.sort(
        Comparator.comparingLong(EnrichedEvent::getEventTime)
            .thenComparingLong(event -> Hash64.of(event.getEventId())));
    Set<EnrichedEvent> repeats = repeats(sorted);
    var shapes = new ArrayList<Shape>();
    var current = new ArrayList<EnrichedEvent>();
    for (EnrichedEvent event : sorted) {
      if (!current.isEmpty() && isNew(current, event, rules)) {
        addSum(shapes, current, repeats);
        current.clear();
      }
      current.add(event);
    }
    addSum(shapes, current, repeats);
    return shapes;
  }

  /** The purchases of orders that the visitor has bought before, in any session. */
  private static Set<EnrichedEvent> repeats(List<EnrichedEvent> sorted) {
    Set<EnrichedEvent> repeats = Collections.newSetFromMap(new IdentityHashMap<>());
    var orders = new HashSet<String>();
    for (EnrichedEvent event : sorted) {
      if (event.getEventType().equals("purchase")
          && event.getOrderId() != null
          && !orders.add(event.getAppId() + " " + event.getOrderId())) {
        repeats.add(event);
      }
    }
    return repeats;
  }

  private static boolean isNew(
      List<EnrichedEvent> current, EnrichedEvent event, SessionRules rules) {
    long time = event.getEventTime();
    long last = current.getLast().getEventTime();
    return time > last
        && (time - last > GAP
            || time - current.getFirst().getEventTime() > rules.maxDuration().toMillis()
            || (rules.splits().atCampaign() && isNewCampaign(current, event))
            || rules.splits().atMidnight().stream()
                .anyMatch(zone -> day(last, zone).isBefore(day(time, zone))));
  }

  private static boolean isNewCampaign(List<EnrichedEvent> current, EnrichedEvent event) {
    String last = null;
    for (EnrichedEvent each : current) {
      last = each.getCampaignSource() == null ? last : each.getCampaignSource();
    }
    return event.getCampaignSource() != null && !event.getCampaignSource().equals(last);
  }

  private static LocalDate day(long time, ZoneId zone) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(time), zone);
  }

  /** Identify events alone are no session. */
  private static void addSum(
      List<Shape> shapes, List<EnrichedEvent> events, Set<EnrichedEvent> repeats) {
    if (!events.stream().allMatch(event -> event.getEventType().equals("identify"))) {
      shapes.add(sum(events, repeats, shapes.size() + 1));
    }
  }

  private static Shape sum(List<EnrichedEvent> events, Set<EnrichedEvent> repeats, int number) {
    int purchases = 0;
    long revenue = 0;
    long refunded = 0;
    for (EnrichedEvent event : events) {
      if (event.getEventType().equals("purchase") && !repeats.contains(event)) {
        purchases++;
        revenue += event.getProducts().getFirst().getLineRevenueE4();
      } else if (event.getEventType().equals("refund")) {
        refunded += event.getProducts().getFirst().getLineRevenueE4();
      }
    }
    return new Shape(
        events.getFirst().getEventTime(),
        events.getLast().getEventTime(),
        events.size(),
        purchases,
        revenue,
        refunded,
        number,
        PlainFeatures.of(events),
        PlainColumns.of(events, repeats));
  }
}
