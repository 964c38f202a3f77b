package io.weir.simulator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.process.StartupException;
import io.weir.process.Stop;
import io.weir.simulator.publish.MemoryPublisher;
import io.weir.simulator.truth.GroundTruth;
import io.weir.simulator.truth.TrueSession;
import io.weir.simulator.visit.Habits;
import io.weir.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static int repeated;
  private static final int EVENTS = 60_000;
  private static final Set<String> PASSIVE =
      Set.of("page_view", "page_ping", "ad_impression", "identify");
  private static Simulated simulated = Simulated.of(Simulated.config(3, 100));

  @BeforeAll
  static void simulate() {
    simulated = Simulated.of(Simulated.config(3, EVENTS));
  }

  @Test
  void records_sameSeed_areTheSame() {
    Simulated again = Simulated.of(Simulated.config(3, EVENTS));

    assertThat(again.records()).isEqualTo(simulated.records());
    assertThat(again.sessions()).isEqualTo(simulated.sessions());
  }

  @Test
  void records_otherSeed_shareNothing() {
    var other = new HashSet<>(Simulated.of(Simulated.config(4, EVENTS)).records());

    assertThat(simulated.records()).noneMatch(other::contains);
  }

  @Test
  void counts_ofFaults_areTheSharesAskedFor() {
    var counts = simulated.truth().counts();

    assertThat(counts.produced()).isEqualTo(EVENTS).isEqualTo(simulated.records().size());
    assertThat(counts.duplicates()).isEqualTo(600);
    assertThat(counts.malformed()).isEqualTo(300);
    assertThat(counts.distinctValid()).isEqualTo(59_100);
    assertThat(counts.late()).isCloseTo(600, within(20L));
    assertThat(counts.outOfOrder()).isCloseTo(1_200, within(40L));
  }

  @Test
  void records_readIndependently_giveTheCounts() {
    long refused = 0;
    var seen = new HashSet<String>();
    long again = 0;
    for (var sent : simulated.records()) {
      Optional<Reader.Event> event = Reader.read(sent.value());
      if (event.isEmpty()) {
        refused++;
      } else if (!seen.add(event.get().id())) {
        again++;
      }
    }

    assertThat(refused).isEqualTo(simulated.truth().counts().malformed());
    assertThat(again).isEqualTo(simulated.truth().counts().duplicates());
    assertThat(seen).hasSize((int) simulated.truth().counts().distinctValid());
  }

  @Test
  void keys_areTheVisitors() {
    for (var sent : simulated.records()) {
      Reader.read(sent.value())
          .ifPresent(event -> assertThat(sent.key()).isEqualTo(event.visitor()));
    }
  }

  @Test
  void sessions_recomputedFromTheRecords_areTheTruth() {
    var byVisitor = new HashMap<String, Map<String, Reader.Event>>();
    for (var sent : simulated.records()) {
      Reader.read(sent.value())
          .ifPresent(event ->
              byVisitor
                  .computeIfAbsent(event.visitor(), _ -> new HashMap<>())
                  .putIfAbsent(event.id(), event));
    }

    List<TrueSession> sessions = new ArrayList<>();
    byVisitor.forEach((visitor, events) -> sessions.addAll(split(visitor, events)));

    assertThat(repeated).isPositive();

    assertThat(sessions).hasSameSizeAs(simulated.sessions());
    assertThat(new HashSet<>(sessions)).isEqualTo(new HashSet<>(simulated.sessions()));
  }

  private static List<TrueSession> split(String visitor, Map<String, Reader.Event> events) {
    var sorted = new ArrayList<>(events.values());
    sorted.sort(Comparator.comparingLong(Reader.Event::time));
    countOrdersOnce(sorted);
    var sessions = new ArrayList<TrueSession>();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || sorted.get(i).time() - sorted.get(i - 1).time() > 1_800_000) {
        sessions.add(session(visitor, sorted.subList(from, i)));
        from = i;
      }
    }
    return sessions;
  }

  /** Makes something else of the purchases whose order came already. */
  private static void countOrdersOnce(List<Reader.Event> events) {
    var orders = new HashSet<String>();
    events.replaceAll(event -> {
      if (!event.type().equals("purchase") || orders.add(event.json().path("order_id").asText())) {
        return event;
      }
      repeated++;
      return new Reader.Event(event.id(), "again", event.visitor(), event.time(), event.json());
    });
  }

  private static TrueSession session(String visitor, List<Reader.Event> events) {
    String agent = events.getFirst().json().path("user_agent").asText();
    boolean bot =
        !agent.contains("Mobile")
            && !agent.contains("Chrome/1")
            && !agent.contains("Version/")
            && !agent.contains("Firefox/");
    long engaged =
        10_000
            * events.stream()
                .filter(event -> event.type().equals("page_ping"))
                .map(event -> event.time() / 10_000)
                .distinct()
                .count();
    return new TrueSession(
        visitor,
        events.getFirst().time(),
        events.getLast().time(),
        events.size(),
        count(events, "page_view"),
        count(events, "product_view"),
        count(events, "add_to_cart"),
        count(events, "purchase"),
        engaged,
        engaged > 0 || count(events, "page_view") > 1 || count(events, "purchase") > 0,
        count(events, "page_view") == 1
            && events.stream().allMatch(event -> PASSIVE.contains(event.type())),
        funnelStep(events),
        matchedClicks(events),
        bot);
  }

  private static int funnelStep(List<Reader.Event> events) {
    long reached = Long.MIN_VALUE;
    int step = 0;
    for (String type : List.of("product_view", "add_to_cart", "checkout", "purchase")) {
      long earliest = reached;
      OptionalLong next =
          events.stream()
              .filter(event -> event.type().equals(type) && event.time() >= earliest)
              .mapToLong(Reader.Event::time)
              .min();
      if (next.isEmpty()) {
        break;
      }
      reached = next.getAsLong();
      step++;
    }
    return step;
  }

  /** The clicks that find an impression of their ad that is left, the latest first. */
  private static int matchedClicks(List<Reader.Event> events) {
    var shown = new ArrayList<>(events);
    shown.removeIf(event -> !event.type().equals("ad_impression"));
    int matched = 0;
    for (Reader.Event click : events) {
      Optional<Reader.Event> latest =
          shown.stream()
              .filter(each -> click.type().equals("ad_click"))
              .filter(each -> each.json().path("ad_id").equals(click.json().path("ad_id")))
              .filter(each -> each.time() <= click.time())
              .filter(each -> click.time() - each.time() <= 1_800_000)
              .max(Comparator.comparingLong(Reader.Event::time));
      matched += latest.isPresent() ? 1 : 0;
      latest.ifPresent(shown::remove);
    }
    return matched;
  }

  private static int count(List<Reader.Event> events, String type) {
    return (int) events.stream().filter(event -> event.type().equals(type)).count();
  }

  @Test
  void identities_areTheIdsOfIdentifyEvents() {
    var told = new HashMap<String, String>();
    for (var sent : simulated.records()) {
      Reader.read(sent.value())
          .filter(event -> event.type().equals("identify") && event.json().has("anonymous_id"))
          .ifPresent(event -> told.put(event.visitor(), event.json().path("user_id").textValue()));
    }

    var truth = new HashMap<String, String>();
    var names = simulated.simulation().names();
    simulated.truth().eachBound(it -> truth.put(names.anonymous(it), names.user(it)));
    assertThat(truth).isEqualTo(told).isNotEmpty();
  }

  @Test
  void eventsPerSession_areAsMeasured() {
    int[] lengths =
        simulated.sessions().stream()
            .filter(session -> !session.bot())
            .mapToInt(TrueSession::events)
            .sorted()
            .toArray();

    double single = (double) Arrays.stream(lengths).filter(n -> n == 1).count();
    assertThat(single / lengths.length).isCloseTo(0.6 * 0.368 + 0.4 * 0.591, within(0.03));
    assertThat(lengths[lengths.length / 2]).isEqualTo(2);
    assertThat(lengths[lengths.length * 9 / 10]).isBetween(7, 9);
    assertThat(lengths[lengths.length * 99 / 100]).isBetween(22, 27);
  }

  @Test
  void sessions_stayWithinTheLimits() {
    assertThat(simulated.sessions())
        .allMatch(session -> session.events() <= 2_000)
        .allMatch(session -> session.end() - session.start() < Duration.ofHours(24).toMillis());
  }

  @Test
  void events_liveInsideTheHistory() {
    long to = Simulated.UNTIL.minus(Duration.ofHours(2)).toEpochMilli();
    long from = to - Duration.ofDays(2).toMillis();

    assertThat(simulated.sessions())
        .allMatch(session -> session.start() >= from && session.end() < to);
  }

  @Test
  void hours_areAsBusyAsMeasured() {
    var hours = new TreeMap<Long, Integer>();
    simulated
        .records()
        .forEach(sent ->
            Reader.read(sent.value())
                .ifPresent(event -> hours.merge(event.time() / 3_600_000 % 24, 1, Integer::sum)));

    double all = EVENTS - 300;
    assertThat(requireNonNull(hours.get(5L)) / all).isCloseTo(0.0242, within(0.006));
    assertThat(requireNonNull(hours.get(12L)) / all).isCloseTo(0.0461, within(0.010));
    assertThat(requireNonNull(hours.get(17L)) / all).isCloseTo(0.0622, within(0.012));
    assertThat(requireNonNull(hours.get(21L)) / all).isCloseTo(0.0557, within(0.012));
  }

  @Test
  void conversion_isRareAndKnowsNoStrictFunnel() {
    var people = simulated.sessions().stream().filter(session -> !session.bot()).toList();
    var bought = people.stream().filter(TrueSession::converted).toList();
    long withoutCart = bought.stream().filter(session -> session.addToCarts() == 0).count();
    long abandoned = people.stream().filter(s -> s.addToCarts() > 0 && !s.converted()).count();

    assertThat(bought.size() / (double) people.size()).isBetween(0.015, 0.045);
    assertThat(withoutCart / (double) bought.size()).isBetween(0.3, 0.7);
    assertThat(abandoned).isGreaterThan(bought.size() / 2);
  }

  @Test
  void bots_haveTheirShareOfEvents() {
    int events =
        simulated.sessions().stream().filter(TrueSession::bot).mapToInt(TrueSession::events).sum();

    assertThat(events).isEqualTo(Math.round(59_100 * 0.02));
  }

  @Test
  void visitors_tooFew_saysHowManyAreNeeded() {
    SimulatorConfig wanted = Simulated.config(3, EVENTS);
    var config =
        new SimulatorConfig(
            3,
            EVENTS,
            5,
            wanted.history(),
            wanted.until(),
            wanted.endingBefore(),
            false,
            1,
            0,
            wanted.faults(),
            wanted.habits());

    assertThatThrownBy(() -> Simulated.of(config))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("--visitors at least");
  }

  @Test
  void visitors_few_comeOftener() {
    SimulatorConfig wanted = Simulated.config(3, 2_000);
    var config =
        new SimulatorConfig(
            3,
            2_000,
            150,
            wanted.history(),
            wanted.until(),
            wanted.endingBefore(),
            false,
            1,
            0,
            wanted.faults(),
            wanted.habits());

    Simulated few = Simulated.of(config);

    assertThat(few.truth().counts().produced()).isEqualTo(2_000);
    assertThat(few.sessions().stream().map(TrueSession::visitor).distinct().count())
        .isLessThanOrEqualTo(150);
  }

  @Test
  void live_sendsWhatIsDueAtTheRate() {
    var config =
        new SimulatorConfig(
            1,
            0,
            Integer.MAX_VALUE,
            Duration.ofDays(1),
            Simulated.UNTIL,
            Duration.ZERO,
            true,
            100,
            0.02,
            Simulated.FAULTS,
            Habits.USUAL);
    var simulation = new Simulation(config, Resources.profile(), Resources.world());
    var clock = new ManualClock(Simulated.UNTIL);
    var publisher = new MemoryPublisher(4);
    GroundTruth truth = simulation.truth(GroundTruth.Keep.EVENTS);
    simulation.history(publisher, truth).runUntil(new Stop(), () -> {});
    var live = simulation.live(publisher, truth, clock);

    int before = live.doWork();
    clock.advance(Duration.ofSeconds(200));
    int sent = 0;
    for (int done = live.doWork(); done > 0; done = live.doWork()) {
      sent += done;
    }

    assertThat(before).isLessThan(5);
    assertThat(sent).isBetween(14_000, 26_000);
    assertThat(live.finished()).isFalse();
    assertThat(truth.counts().produced()).isEqualTo(publisher.sent().size());
  }
}
