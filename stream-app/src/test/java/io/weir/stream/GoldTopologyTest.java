package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldTopic;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Session;
import io.weir.stream.enrich.EnricherChain;
import io.weir.stream.gold.Recomputation;
import io.weir.stream.processor.StepNames;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The changelog of gold against the topics of sessions and events. */
class GoldTopologyTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path stateDir;
  private RunningTopology running;
  private int events;

  @BeforeEach
  void start() {
    running = new RunningTopology(stateDir, NOON, EnricherChain.standard());
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private void event(String visitor, Instant time, String more) {
    String json =
        """
        {"event_id":"e%d","event_time":"%s","anonymous_id":"%s",%s}\
        """
            .formatted(events++, time, visitor, more);
    running.raw.pipeInput(visitor.getBytes(UTF_8), json.getBytes(UTF_8));
  }

  private static String pageView(int page) {
    return "\"event_type\":\"page_view\",\"url\":\"https://shop.example/p" + page + "\"";
  }

  private static String search(String parameters) {
    return "\"event_type\":\"search\",\"url\":\"https://shop.example/find?" + parameters + "\"";
  }

  private static String purchase(String value) {
    return "\"event_type\":\"purchase\",\"currency\":\"EUR\",\"value\":" + value;
  }

  private Map<String, Map<String, BigDecimal>> changelog() {
    var cells = new HashMap<String, GoldCell>();
    for (KeyValue<String, GoldCell> each :
        running
            .driver
            .createOutputTopic(
                GoldTopic.name("test"),
                new StringDeserializer(),
                AvroSerde.goldCell().deserializer())
            .readKeyValuesToList()) {
      assertThat(each.key).isEqualTo(Recomputation.key(each.value));
      GoldCell before = cells.put(each.key, each.value);
      if (before != null) {
        assertThat(each.value.getVersion()).isGreaterThan(before.getVersion());
      }
    }
    return Recomputation.stored(cells.values());
  }

  private List<Session> lastRows() {
    var rows = new HashMap<String, Session>();
    for (Session row : running.values(running.topics.sessions(), AvroSerde.session())) {
      rows.put(row.getSessionKey(), row);
    }
    assertThat(rows.values()).anyMatch(Session::getIsRetracted);
    assertThat(rows.values()).anyMatch(row -> row.getRevision() > 0 && !row.getIsRetracted());
    return List.copyOf(rows.values());
  }

  @Test
  void changelog_addsUpToSessionsAndEvents() {
    var random = new Random(7);
    Instant morning = NOON.minus(Duration.ofHours(20));
    for (int i = 0; i < 600; i++) {
      Instant time =
          morning.plusSeconds(i * 100L - random.nextInt(5) / 4 * random.nextLong(20_000));
      String what = random.nextInt(9) == 0 ? purchase("12.34") : pageView(random.nextInt(20));
      event("v" + random.nextInt(12), time, what);
      if (i % 10 == 0) {
        running.driver.advanceWallClockTime(Duration.ofMillis(500));
      }
    }
    running.driver.advanceWallClockTime(Duration.ofHours(2));

    List<EnrichedEvent> accepted =
        running.values(running.topics.events(), AvroSerde.enrichedEvent());
    assertThat(changelog()).isEqualTo(Recomputation.of(lastRows(), accepted, ZoneId.of("UTC")));
  }

  /** More than 120 a minute: people's while the session is open, a robot's once it is closed. */
  @Test
  void termsOfARobot_moveWithItsSession() {
    for (int i = 0; i < 130; i++) {
      event("ann", NOON.plusMillis(i * 400L), search("page=2&q=Red++Shoes%20" + i % 2));
    }
    event("bob", NOON, search("q=&s=r%E9d"));
    event("bob", NOON.plusSeconds(7), search("q=ann%40example.org+order"));
    running.driver.advanceWallClockTime(Duration.ofMillis(500));
    Map<String, Map<String, BigDecimal>> open = changelog();
    running.driver.advanceWallClockTime(Duration.ofHours(2));
    Map<String, Map<String, BigDecimal>> closed = changelog();

    assertThat(searches(open, "h"))
        .containsEntry("red shoes 0", 65L)
        .containsEntry("red shoes 1", 65L)
        .containsEntry("r\uFFFDd", 1L)
        .containsEntry("(email) order", 1L)
        .hasSize(4);
    assertThat(searches(open, "b")).isEmpty();
    assertThat(searches(closed, "b")).isEqualTo(Map.of("red shoes 0", 65L, "red shoes 1", 65L));
  }

  /** The searches by term of one side. */
  private static Map<String, Long> searches(
      Map<String, Map<String, BigDecimal>> cells, String side) {
    String start = "events|day|search_term|" + side + "|";
    var searches = new HashMap<String, Long>();
    cells.forEach((key, numbers) -> {
      BigDecimal number = numbers.get("searches");
      if (key.startsWith(start) && number != null) {
        searches.put(key.substring(key.lastIndexOf('|') + 1), number.longValueExact());
      }
    });
    return searches;
  }

  @Test
  void erasedVisitor_leavesNoFactsButItsSums() {
    event("ann", NOON.minus(Duration.ofHours(2)), pageView(1));
    event("bob", NOON, pageView(1));
    running.driver.advanceWallClockTime(Duration.ofMillis(500));
    int before = facts();

    running
        .driver
        .createInputTopic(
            running.topics.erasures().name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput("ann".getBytes(UTF_8), new byte[0]);

    assertThat(facts()).isEqualTo(before - 1);
    assertThat(changelog().keySet()).filteredOn(key -> key.startsWith("sessions|")).hasSize(26);
  }

  @Test
  void partitionWithoutEvents_followsTheClockBehindTheOldestPossibleEvent() {
    running.driver.advanceWallClockTime(Duration.ofSeconds(29));
    assertThat(progress()).isEmpty();

    running.driver.advanceWallClockTime(Duration.ofSeconds(1));
    event("ann", NOON.plusSeconds(31).minus(Duration.ofDays(30)), pageView(1));
    running.driver.advanceWallClockTime(Duration.ofHours(2));

    // An event may be 30 days old, and a session longer than a day by the lateness of a day.
    Instant unchanged =
        NOON.minus(Duration.ofDays(33)).minus(Duration.ofMinutes(30)).minusMillis(1);
    assertThat(progress()).startsWith(unchanged).isSorted();
    assertThat(running.counts.accepted.sum()).isEqualTo(1);
  }

  private List<Instant> progress() {
    return running
        .driver
        .createOutputTopic(
            GoldTopic.name("test"), new StringDeserializer(), AvroSerde.goldCell().deserializer())
        .readValuesToList()
        .stream()
        .filter(cell -> cell.getSubject().equals("progress"))
        .map(cell -> Instant.ofEpochMilli(cell.getSettledUntil()))
        .toList();
  }

  private int facts() {
    var keys = new ArrayList<Bytes>();
    KeyValueStore<Bytes, byte[]> store = running.driver.getKeyValueStore(StepNames.SESSION_FACTS);
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys.size();
  }
}
