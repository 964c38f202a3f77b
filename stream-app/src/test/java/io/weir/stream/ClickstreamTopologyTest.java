package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.StreamStores;
import io.weir.contract.Topics;
import io.weir.contract.VisitorPartition;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.Session;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.process.trace.Tracing;
import io.weir.stream.enrich.EnricherChain;
import io.weir.stream.ingest.EventRules;
import io.weir.stream.ingest.TimeRules;
import io.weir.stream.processor.IngestCounts;
import io.weir.stream.processor.RefusedExamples;
import io.weir.stream.processor.StepNames;
import io.weir.stream.processor.StreamProgress;
import io.weir.stream.processor.StreamSettings;
import io.weir.stream.processor.visitors.VisitorCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickstreamTopologyTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration GAP = Duration.ofMinutes(30);

  private final Topics topics =
      TopicSettings.topics(Settings.of(Map.of("WEIR_TOPIC_PARTITIONS", "1")));
  private final IngestCounts counts = new IngestCounts();
  private final StreamProgress progress = new StreamProgress();
  private int rawPartitions = 1;
  private OptionalLong lag = OptionalLong.of(0);

  @TempDir private Path stateDir;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> raw;
  private TestOutputTopic<String, EnrichedEvent> events;
  private TestOutputTopic<String, EnrichedEvent> late;
  private TestOutputTopic<String, Session> sessions;
  private TestOutputTopic<byte[], RejectedRecord> rejected;
  private TestOutputTopic<byte[], byte[]> rekeyed;

  @BeforeEach
  void start() {
    var properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "none:1");
    properties.put("state.dir", stateDir.toString());
    driver = new TopologyTestDriver(topology(), properties, NOON);
    raw =
        driver.createInputTopic(
            topics.raw().name(), new ByteArraySerializer(), new ByteArraySerializer());
    var key = new StringDeserializer();
    var bytes = new ByteArrayDeserializer();
    events = output(topics.events().name(), key, AvroSerde.enrichedEvent());
    late = output(topics.late().name(), key, AvroSerde.enrichedEvent());
    sessions = output(topics.sessions().name(), key, AvroSerde.session());
    rejected =
        driver.createOutputTopic(
            topics.rejected().name(), bytes, AvroSerde.rejected().deserializer());
    rekeyed = driver.createOutputTopic(topics.rekeyed().name(), bytes, bytes);
  }

  private <T extends SpecificRecordBase> TestOutputTopic<String, T> output(
      String topic, StringDeserializer key, AvroSerde<T> value) {
    return driver.createOutputTopic(topic, key, value.deserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private Topology topology() {
    StreamConfig config = StreamConfig.from(Settings.of(Map.of()));
    var settings =
        new StreamSettings(
            topics,
            rawPartitions,
            new TimeRules(Duration.ofMinutes(5), Duration.ofDays(30)),
            EventRules.any(),
            config.sessionRules(),
            config.goldRules(),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            EnricherChain.standard(),
            List::of,
            new VisitorCache(1 << 20),
            _ -> lag,
            Tracing.off());
    return ClickstreamTopology.build(settings, counts, progress);
  }

  private void click(String visitor, String id, Instant time) {
    raw.pipeInput(visitor.getBytes(UTF_8), json(visitor, id, time));
  }

  private static byte[] json(String visitor, String id, Instant time) {
    return """
    {"event_id":"%s","event_type":"page_view","event_time":"%s","anonymous_id":"%s",\
    "url":"https://shop.example/%s?utm_source=news"}\
    """
        .formatted(id, time, visitor, id)
        .getBytes(UTF_8);
  }

  private void settle() {
    driver.advanceWallClockTime(Duration.ofMillis(500));
  }

  /** A reset deletes these topics, and no others. */
  @Test
  void storesWithAChangelog_areThoseOfTheContract() {
    assertThat(
            driver.getAllStateStores().keySet().stream()
                .filter(each -> !each.equals(StepNames.TASK_COUNTS))
                .map(each -> "test-" + each + "-changelog"))
        .containsExactlyInAnyOrderElementsOf(StreamStores.changelogs("test"));
  }

  @Test
  void shape_isTheReviewedOne() throws IOException {
    try (InputStream reviewed = getClass().getResourceAsStream("/topology.txt")) {
      assertThat(reviewed).isNotNull();
      assertThat(inFixedOrder(topology().describe().toString()))
          .isEqualTo(new String(reviewed.readAllBytes(), UTF_8).strip());
    }
  }

  /** Kafka Streams lists stores and successors in the order of a hash set. */
  private static String inFixedOrder(String description) {
    return description
        .strip()
        .lines()
        .map(line -> {
          Matcher list = Pattern.compile("\\S+(, [\\w-]+)+").matcher(line);
          return list.replaceAll(found -> sorted(found.group()));
        })
        .collect(Collectors.joining("\n"));
  }

  private static String sorted(String list) {
    String open = list.startsWith("[") ? "[" : "";
    return open
        + Stream.of(list.substring(open.length()).split(", ", -1))
            .sorted()
            .collect(Collectors.joining(", "));
  }

  @Test
  void validClick_becomesAnEnrichedEvent() {
    click("v", "a", NOON);

    EnrichedEvent event = events.readValue();
    assertThat(event.getVisitorId()).isEqualTo("v");
    assertThat(event.getUrlPath()).isEqualTo("/a");
    assertThat(event.getCampaignSource()).isEqualTo("news");
    assertThat(event.getAppendTime()).isEqualTo(NOON.toEpochMilli());
    assertThat(rejected.isEmpty()).isTrue();
  }

  @Test
  void malformedRecord_isRejectedWithItsOriginalBytes() {
    byte[] key = {1, 2};
    byte[] value = {'{', (byte) 0xff};
    var headers = new RecordHeaders().add("source", new byte[] {9});

    raw.pipeInput(new TestRecord<>(key, value, headers, NOON));

    RejectedRecord record = rejected.readValue();
    assertThat(record.getReason()).isEqualTo("not_json");
    assertThat(record.getKey()).isEqualTo(ByteBuffer.wrap(key));
    assertThat(record.getValue()).isEqualTo(ByteBuffer.wrap(value));
    assertThat(record.getHeaders()).singleElement().extracting("key").isEqualTo("source");
    assertThat(events.isEmpty()).isTrue();
    assertThat(counts.refused.newest())
        .containsExactly(
            new RefusedExamples.Example("not_json", record.getDetail(), 0, 0, NOON.toEpochMilli()));
  }

  @Test
  void duplicate_reachesNeitherEventsNorSessions() {
    click("v", "a", NOON);
    click("v", "a", NOON);

    assertThat(events.readValuesToList()).hasSize(1);
    assertThat(counts.received.sum()).isEqualTo(2);
    assertThat(counts.accepted.sum()).isEqualTo(1);
    assertThat(counts.duplicate.sum()).isEqualTo(1);
  }

  @Test
  void session_closesWhenTheWatermarkPasses() {
    Instant morning = NOON.minus(Duration.ofHours(3));
    click("v", "a", morning);
    click("v", "b", morning.plus(GAP));
    settle();
    assertThat(sessions.isEmpty()).isTrue();

    click("other", "c", NOON);
    settle();

    assertThat(sessions.readValuesToList())
        .singleElement()
        .satisfies(session -> {
          assertThat(session.getVisitorId()).isEqualTo("v");
          assertThat(session.getEvents()).isEqualTo(2);
          assertThat(session.getDurationMs()).isEqualTo(GAP.toMillis());
        });
  }

  @Test
  void lateEvent_revisesAClosedSessionThoughTheWatermarkStands() {
    Instant morning = NOON.minus(Duration.ofHours(3));
    click("v", "a", morning);
    click("other", "c", NOON);
    settle();
    sessions.readValuesToList();

    click("v", "b", morning.plusSeconds(60));
    settle();

    assertThat(sessions.readValue())
        .satisfies(session -> {
          assertThat(session.getRevision()).isEqualTo(1);
          assertThat(session.getEvents()).isEqualTo(2);
          assertThat(session.getLateEvents()).isEqualTo(1);
        });
  }

  @Test
  void idlePartition_closesByTheWallClock() {
    click("v", "a", NOON);

    driver.advanceWallClockTime(GAP.plusSeconds(29));
    assertThat(sessions.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofSeconds(2));

    assertThat(sessions.readValuesToList()).hasSize(1);
  }

  @Test
  void partitionWithLag_isNotIdle() {
    lag = OptionalLong.of(1);
    click("v", "a", NOON);

    driver.advanceWallClockTime(GAP.multipliedBy(3));

    assertThat(sessions.isEmpty()).isTrue();
  }

  @Test
  void partitionWhoseLagIsUnknown_isNotIdle() {
    click("v", "a", NOON);
    lag = OptionalLong.empty();

    driver.advanceWallClockTime(GAP.multipliedBy(48));

    assertThat(sessions.isEmpty()).isTrue();
  }

  @Test
  void eventBeyondAllowedLateness_isInEventsAndLateAndInNoSession() {
    click("other", "c", NOON);
    click("v", "a", NOON.minus(Duration.ofHours(25)));
    settle();

    assertThat(late.readValue().getIsLate()).isTrue();
    assertThat(events.readValuesToList())
        .extracting(EnrichedEvent::getIsLate)
        .containsExactly(false, true);
    assertThat(sessions.isEmpty()).isTrue();
  }

  @Test
  void clickFromTheFarFuture_movesNobodysTime() {
    click("v", "a", NOON.minus(Duration.ofHours(1)));
    click("v", "b", Instant.parse("2099-01-01T00:00:00Z"));
    settle();

    assertThat(rejected.readValue().getReason()).isEqualTo("time_in_future");
    assertThat(sessions.isEmpty()).isTrue();
  }

  @Test
  void wrongKey_isRekeyedOnceAndComesBack() {
    byte[] value = json("v", "a", NOON);

    raw.pipeInput("someone else".getBytes(UTF_8), value);

    var moved = rekeyed.readRecord();
    assertThat(moved.key()).isEqualTo("v".getBytes(UTF_8));
    assertThat(moved.value()).isEqualTo(value);
    assertThat(events.readValuesToList()).hasSize(1);
    assertThat(counts.received.sum()).isEqualTo(1);
    assertThat(counts.rekeyed.sum()).isEqualTo(1);
    assertThat(counts.accepted.sum()).isEqualTo(1);
  }

  @Test
  void missingKey_isRekeyed() {
    raw.pipeInput(json("v", "a", NOON));

    assertThat(rekeyed.readRecord().key()).isEqualTo("v".getBytes(UTF_8));
    assertThat(events.readValuesToList()).hasSize(1);
  }

  @Test
  void wrongPartition_isRekeyed() {
    String visitor = "a";
    while (VisitorPartition.of(visitor, 2) == 0) {
      visitor += "a";
    }
    driver.close();
    rawPartitions = 2;
    start();

    click(visitor, "e", NOON);

    assertThat(rekeyed.getQueueSize()).isEqualTo(1);
  }
}
