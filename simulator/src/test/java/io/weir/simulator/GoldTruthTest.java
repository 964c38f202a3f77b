package io.weir.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.VisitorPartition;
import io.weir.process.Stop;
import io.weir.simulator.fault.Fault;
import io.weir.simulator.gold.Answers;
import io.weir.simulator.gold.Table;
import io.weir.simulator.publish.MemoryPublisher;
import io.weir.simulator.truth.GroundTruth;
import io.weir.simulator.visit.Deed;
import io.weir.simulator.visit.EventType;
import io.weir.simulator.visit.Habits;
import io.weir.simulator.visit.Person;
import io.weir.simulator.visit.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What gold must hold, held against the records and against itself. */
class GoldTruthTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SimulatorConfig CONFIG =
      new SimulatorConfig(
          5,
          20_000,
          4_000,
          Duration.ofDays(3),
          Simulated.UNTIL,
          Duration.ofHours(26),
          false,
          1,
          0.06,
          new Fault.Rules(
              new Fault.Duplicate(0.01),
              new Fault.Late(0.02, 10_800_000),
              new Fault.OutOfOrder(0.02),
              new Fault.Malformed(0.005)),
          new Habits(0.2, 0.2, 0.05, 3, 0.5, 0, Duration.ofHours(40).toMillis()));

  private static MemoryPublisher publisher;
  private static GroundTruth truth;
  private static Map<String, Reader.Event> events;
  private static Map<String, Table> tables;

  @BeforeAll
  static void simulate() {
    var simulation = new Simulation(CONFIG, Resources.profile(), Resources.world());
    publisher = new MemoryPublisher(4);
    truth = simulation.truth(GroundTruth.Keep.DEEDS);
    simulation.history(publisher, truth).runUntil(new Stop(), () -> {});
    events = new HashMap<>();
    for (var sent : publisher.sent()) {
      Reader.read(sent.value()).ifPresent(event -> events.putIfAbsent(event.id(), event));
    }
    events.values().removeIf(GoldTruthTest::isInternal);
    tables = new HashMap<>();
    truth.answers().each(Simulated.UNTIL.toEpochMilli(), it -> tables.put(it.name(), it));
  }

  private static boolean isInternal(Reader.Event event) {
    return event.json().path("ip_address").asText().startsWith("192.0.2.");
  }

  /** The sum of a column over the rows of a dimension. */
  private static long sum(String table, String dimension, String column) {
    return of(table, dimension).stream().mapToLong(row -> number(row, column)).sum();
  }

  private static List<Map<String, String>> of(String name, String dimension) {
    return rows(name).stream().filter(row -> dimension.equals(row.get("dimension"))).toList();
  }

  private static List<String> texts(String array) {
    try {
      return List.of(JSON.readValue(array.replace("null", "\"null\""), String[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(array, e);
    }
  }

  private static List<Map<String, String>> rows(String name) {
    Table table = Objects.requireNonNull(tables.get(name), name);
    List<String> columns = texts(table.columns());
    var rows = new ArrayList<Map<String, String>>();
    for (String row : table.rows()) {
      List<String> values = texts(row);
      var named = new HashMap<String, String>();
      for (int i = 0; i < columns.size(); i++) {
        named.put(columns.get(i), values.get(i));
      }
      rows.add(named);
    }
    return rows;
  }

  private static long count(String type) {
    return events.values().stream().filter(event -> event.type().equals(type)).count();
  }

  @Test
  void rows_haveAllColumnsAndAKeyOfTheirOwn() {
    for (Table table : tables.values()) {
      var keys = new HashSet<List<String>>();
      for (String text : table.rows()) {
        List<String> row = texts(text);
        assertThat(row).as(table.name()).hasSameSizeAs(texts(table.columns()));
        keys.add(row.subList(0, table.keys()));
      }
      if (!table.name().equals("gold.visitor_carts")) {
        assertThat(keys).as(table.name()).hasSameSizeAs(table.rows());
      }
    }
  }

  @Test
  void events_inEachDimension_areTheRecords() {
    assertThat(sum("gold.events_daily", "", "events")).isEqualTo(events.size());
    for (String dimension : List.of("event_type", "page", "device", "country", "app")) {
      assertThat(sum("gold.events_daily", dimension, "events")).isEqualTo(events.size());
    }
    assertThat(sum("gold.events_15m", "app", "events")).isEqualTo(events.size());
    assertThat(sum("gold.sessions_daily", "", "events")).isEqualTo(events.size());
  }

  /** By hand, from what was sent. */
  @Test
  void searches_haveTheirTerms() {
    Map<String, Long> terms =
        events.values().stream()
            .filter(event -> event.type().equals("search"))
            .map(event -> event.json().path("url").asText().replaceFirst(".*[?&]q=([^&]*).*", "$1"))
            .collect(Collectors.groupingBy(term -> term.replace('+', ' '), Collectors.counting()));

    assertThat(terms).hasSizeGreaterThan(10);
    assertThat(
            of("gold.events_daily", "search_term").stream()
                .collect(
                    Collectors.groupingBy(
                        row -> Objects.requireNonNull(row.get("value")),
                        Collectors.summingLong(row -> number(row, "searches")))))
        .isEqualTo(terms);
    assertThat(of("gold.events_15m", "search_term")).isEmpty();
  }

  @Test
  void purchases_countEachOrderOnce() {
    long orders =
        events.values().stream()
            .filter(event -> event.type().equals("purchase"))
            .map(event -> event.visitor() + event.json().path("order_id").asText())
            .distinct()
            .count();

    assertThat(orders).isLessThan(count("purchase"));
    assertThat(sum("gold.events_daily", "", "purchases")).isEqualTo(orders);
    assertThat(sum("gold.sessions_daily", "", "purchases")).isEqualTo(orders);
    assertThat(sum("gold.sessions_daily", "", "refunds")).isEqualTo(count("refund")).isPositive();
  }

  @Test
  void internalTraffic_isCountedAndInNothing() {
    assertThat(truth.counts().internal()).isPositive();
    assertThat(truth.counts().produced()).isEqualTo(20_000);
    assertThat(truth.counts().distinctValid()).isEqualTo(events.size());
  }

  @Test
  void everyTable_hasWhatItIsAbout() {
    tables.forEach((name, table) -> {
      if (!name.startsWith("gold.late_")) {
        assertThat(table.rows()).as(name).isNotEmpty();
      }
    });
    for (String fate : List.of("purchased", "abandoned", "emptied")) {
      assertThat(rows("gold.cart_abandonment").stream().mapToLong(row -> number(row, fate)).sum())
          .as(fate)
          .isPositive();
    }
    assertThat(of("gold.sessions_daily", "position"))
        .extracting(row -> row.get("value"))
        .contains("slot 1", "slot 2", "slot 3");
    assertThat(of("gold.events_daily", "app"))
        .extracting(row -> row.get("value"))
        .contains("web", "shop-app", "outlet");
    assertThat(rows("gold.goals_daily"))
        .extracting(row -> row.get("goal"))
        .contains("guide_read", "checkout_started", "large_order");
  }

  private static long number(Map<String, String> row, String column) {
    return Long.parseLong(Objects.requireNonNull(row.get(column)));
  }

  /** By hand, from what was sent: a partition's time is that of its latest event so far. */
  @Test
  void lateEvents_areThoseWhoseSessionCouldHaveClosed() {
    var latest = new HashMap<Integer, Long>();
    var seen = new HashSet<String>();
    long late = 0;
    for (var sent : publisher.sent()) {
      var event = Reader.read(sent.value()).filter(it -> events.containsKey(it.id()));
      if (event.isPresent() && seen.add(event.get().id())) {
        int partition = VisitorPartition.of(event.get().visitor(), 4);
        long time = event.get().time();
        late += time + 1_830_001 <= latest.getOrDefault(partition, 0L) ? 1 : 0;
        latest.merge(partition, time, Math::max);
      }
    }

    assertThat(late).isGreaterThan(100);
    for (String table : List.of("gold.sessions_daily", "gold.sessions_15m")) {
      assertThat(sum(table, "", "late_events")).isEqualTo(late);
    }
  }

  @Test
  void robotsInDisguise_areKnownByTheirBehaviourOnly() {
    List<Map<String, String>> sessions = rows("gold.session_metrics");
    var disguised =
        sessions.stream()
            .filter(row ->
                "rhythm".equals(row.get("bot_reason")) || "rate".equals(row.get("bot_reason")))
            .map(row -> row.get("visitor_id"))
            .collect(Collectors.toSet());

    assertThat(disguised).hasSizeGreaterThan(3);
    assertThat(sessions)
        .filteredOn(row -> disguised.contains(row.get("visitor_id")))
        .as("short sessions are a person's")
        .extracting(row -> row.get("is_bot"))
        .contains("true", "false");
    var found = new HashSet<String>();
    truth.eachSession(session -> {
      if (session.bot()) {
        found.add(session.visitor() + session.start());
      }
    });
    assertThat(sessions)
        .filteredOn(row -> "true".equals(row.get("is_bot")))
        .extracting(row -> row.get("visitor_id") + row.get("start_time"))
        .containsExactlyInAnyOrderElementsOf(found);
  }

  @Test
  void pause_hasNoVisits() {
    long from = Simulated.UNTIL.minus(Duration.ofHours(40)).toEpochMilli();

    assertThat(rows("gold.session_metrics"))
        .noneMatch(
            row -> number(row, "start_time") < from + 3_600_000 && number(row, "end_time") >= from)
        .anyMatch(row -> number(row, "start_time") >= from)
        .anyMatch(row -> number(row, "end_time") < from);
  }

  /** Someone with a person's agent who looks at a page each three seconds, and one more event. */
  @Test
  void events_ofASessionLikeARobots_countAmongRobots() {
    var machine = new World.Agent("desktop", "Linux", "Firefox", "agent");
    var person = new Person("steady", null, false, machine, "DE", null, "EUR");
    long start = Simulated.UNTIL.toEpochMilli();
    var deeds = new ArrayList<Deed>();
    for (int i = 0; i < 25; i++) {
      deeds.add(pageView(person, start + i * 3_000L, i));
    }
    deeds.add(pageView(person, start + 3_600_000, 25));
    List<Deed> others = List.of(pageView(person, start + 7_200_000, 26));
    var found = new HashMap<String, List<String>>();
    new Answers(deeds, others)
        .each(
            start + 10_800_000,
            it ->
                found.put(
                    it.name(),
                    it.rows().stream().filter(row -> texts(row).get(2).isEmpty()).toList()));

    assertThat(found.get("gold.events_daily"))
        .extracting(row -> texts(row).get(1), row -> texts(row).get(5))
        .containsExactlyInAnyOrder(tuple("true", "25"), tuple("false", "2"));
  }

  private static Deed pageView(Person person, long time, int number) {
    return new Deed(
        person,
        time,
        0,
        number,
        EventType.PAGE_VIEW,
        false,
        "shop.example/" + number,
        "direct",
        null,
        "web",
        List.of(),
        0,
        "",
        "");
  }
}
