package io.weir.stream.session;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated histories in random orders of arrival, with duplicates, settled now and then at
 * watermarks that close sessions early: the sessions that remain are those of a plain sort and one
 * pass, and the same whatever the order.
 */
class AnyOrderTest {
  private static final long GAP = RULES.gap().toMillis();
  private static final long HISTORY = Duration.ofHours(20).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int HISTORIES = 300;
  private static final int ORDERS = 5;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void finalSessions_areThoseOfASortAndOnePass(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < HISTORIES; i++) {
      List<EnrichedEvent> history = history(random);
      List<Session> first = null;
      for (int order = 0; order < ORDERS; order++) {
        List<Session> sessions = run(history, random);
        assertThat(sessions.stream().map(AnyOrderTest::shape)).isEqualTo(reference(history));
        List<Session> comparable = sessions.stream().map(AnyOrderTest::withoutHistory).toList();
        if (first != null) {
          assertThat(comparable).isEqualTo(first);
        }
        first = comparable;
      }
    }
  }

  private static List<EnrichedEvent> history(Random random) {
    var events = new ArrayList<EnrichedEvent>();
    long time = T0;
    int count = 1 + random.nextInt(30);
    for (int i = 0; i < count && time < T0 + HISTORY; i++) {
      String id = "e" + i;
      switch (random.nextInt(4)) {
        case 0 -> events.add(Events.purchase(id, time, random.nextInt(1_000_000)));
        case 1 -> events.add(Events.event(id, "add_to_cart", time));
        default -> events.add(Events.pageView(id, time));
      }
      time +=
          switch (random.nextInt(6)) {
            case 0 -> GAP;
            case 1 -> GAP + 1;
            case 2 -> 0;
            default -> random.nextLong(2 * GAP);
          };
    }
    return events;
  }

  /** Live sessions after all events in a random order, each perhaps twice. */
  private static List<Session> run(List<EnrichedEvent> history, Random random) {
    var arrivals = new ArrayList<>(history);
    for (EnrichedEvent event : history) {
      if (random.nextInt(5) == 0) {
        arrivals.add(event);
      }
    }
    Collections.shuffle(arrivals, random);
    return live(arrivals, random);
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

      List<Session> sessions = live(arrivals, random);

      assertThat(sessions.stream().map(AnyOrderTest::shape)).isEqualTo(reference(history));
    }
  }

  private static List<Session> live(List<EnrichedEvent> arrivals, Random random) {
    var sessionizer = new Sessionizer(RULES);
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

  /** As a consumer would: a higher revision replaces a lower one. */
  private static void apply(Map<String, Session> live, Session session) {
    Session before = live.put(session.getSessionKey(), session);
    if (before != null) {
      assertThat(session.getRevision()).isGreaterThan(before.getRevision());
    }
  }

  /** What a session says apart from how it came about. */
  private static Session withoutHistory(Session session) {
    session.setRevision(0);
    session.setLateEvents(0);
    return session;
  }

  private record Shape(long start, long end, int events, int purchases, long revenue, int number) {}

  private static Shape shape(Session session) {
    return new Shape(
        session.getStartTime(),
        session.getEndTime(),
        session.getEvents(),
        session.getPurchases(),
        session.getRevenueE4().getOrDefault("EUR", 0L),
        session.getVisitorSessionNumber());
  }

  private static List<Shape> reference(List<EnrichedEvent> history) {
    var sorted = new ArrayList<>(history);
    sorted.sort(Comparator.comparingLong(EnrichedEvent::getEventTime));
    var shapes = new ArrayList<Shape>();
    var current = new ArrayList<EnrichedEvent>();
    for (EnrichedEvent event : sorted) {
      boolean isNew =
          !current.isEmpty()
              && (event.getEventTime() - current.getLast().getEventTime() > GAP
                  || event.getEventTime() - current.getFirst().getEventTime()
                      > RULES.maxDuration().toMillis());
      if (isNew) {
        shapes.add(sum(current, shapes.size() + 1));
        current.clear();
      }
      current.add(event);
    }
    shapes.add(sum(current, shapes.size() + 1));
    return shapes;
  }

  private static Shape sum(List<EnrichedEvent> events, int number) {
    int purchases = 0;
    long revenue = 0;
    for (EnrichedEvent event : events) {
      if (event.getEventType().equals("purchase")) {
        purchases++;
        revenue += event.getProducts().getFirst().getLineRevenueE4();
      }
    }
    return new Shape(
        events.getFirst().getEventTime(),
        events.getLast().getEventTime(),
        events.size(),
        purchases,
        revenue,
        number);
  }
}
