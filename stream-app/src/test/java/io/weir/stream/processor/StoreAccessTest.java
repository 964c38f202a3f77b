package io.weir.stream.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topics;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.process.trace.Tracing;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.ingest.EventRules;
import io.weir.stream.ingest.TimeRules;
import io.weir.stream.processor.visitors.CountingStore;
import io.weir.stream.processor.visitors.VisitorCache;
import io.weir.stream.processor.visitors.VisitorStore;
import io.weir.stream.processor.visitors.VisitorStoreBuilder;
import io.weir.stream.session.rules.SessionRules;
import io.weir.testkit.TestEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts the reads and writes of an event in the store of visitors, below every cache. */
class StoreAccessTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int EVENTS = 2_000;
  private static final int VISITORS = 60;

  private final Topics topics =
      TopicSettings.topics(Settings.of(Map.of("WEIR_TOPIC_PARTITIONS", "1")));
  private final IngestCounts counts = new IngestCounts();
  private final StreamProgress progress = new StreamProgress();
  private final CountingStore.Calls calls = new CountingStore.Calls();

  @TempDir private Path stateDir;

  /** Drops what the sinks would take. */
  private static final class Nowhere implements Processor<Object, Object, Void, Void> {
    @Override
    public void process(Record<Object, Object> record) {
      // Counted elsewhere.
    }
  }

  private TopologyTestDriver driver(long cacheBytes) {
    var cache = new VisitorCache(cacheBytes);
    var settings =
        new StreamSettings(
            topics,
            1,
            new TimeRules(Duration.ofMinutes(5), Duration.ofDays(30)),
            EventRules.any(),
            SessionRules.of(Duration.ofMinutes(30), Duration.ZERO, Duration.ofHours(24)),
            GoldRules.of(ZoneOffset.UTC, GoldRules.USUAL_QUARTERS),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            _ -> false,
            List::of,
            cache,
            _ -> OptionalLong.of(1),
            Tracing.off());
    var bytes = new ByteArrayDeserializer();
    var topology =
        new Topology()
            .addSource(StepNames.RAW_IN, bytes, bytes, topics.raw().name())
            .addProcessor(
                StepNames.INGEST,
                () -> new Ingest(settings, counts, new ClockWatch.Voice(_ -> {})),
                StepNames.RAW_IN)
            .addProcessor(
                StepNames.SESSIONIZE,
                () -> new Sessionize(settings, counts, progress),
                StepNames.INGEST)
            .addStateStore(
                new VisitorStoreBuilder(CountingStore.supplier(StepNames.VISITORS, calls), cache),
                StepNames.SESSIONIZE);
    for (String store :
        List.of(
            StepNames.TIMERS, StepNames.GOLD, StepNames.SESSION_FACTS, StepNames.VISITOR_DAYS)) {
      topology.addStateStore(
          Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(store), Serdes.Bytes(), Serdes.ByteArray()),
          StepNames.SESSIONIZE);
    }
    topology.addStateStore(TopologySteps.taskCounts(), StepNames.INGEST, StepNames.SESSIONIZE);
    for (String step : List.of(StepNames.REJECTED_OUT, StepNames.REKEYED_OUT)) {
      topology.addProcessor(step, Nowhere::new, StepNames.INGEST);
    }
    for (String step :
        List.of(
            StepNames.EVENTS_OUT,
            StepNames.LATE_OUT,
            StepNames.SESSIONS_OUT,
            StepNames.IDENTITIES_OUT)) {
      topology.addProcessor(step, Nowhere::new, StepNames.SESSIONIZE);
    }
    var properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "none:1");
    properties.put("state.dir", stateDir.toString());
    return new TopologyTestDriver(topology, properties, NOON);
  }

  private void click(TestInputTopic<byte[], byte[]> raw, int event, int visitor) {
    String id = "v" + visitor;
    Instant time = NOON.minusSeconds(EVENTS - event);
    raw.pipeInput(id.getBytes(UTF_8), TestEvents.rawView(id, "e" + event, time));
  }

  private static TestInputTopic<byte[], byte[]> raw(TopologyTestDriver driver, Topics topics) {
    return driver.createInputTopic(
        topics.raw().name(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** The driver commits after every record, which is the worst case. */
  @ParameterizedTest
  @ValueSource(longs = {0, 10_000, 100_000_000})
  void event_costsAtMostOneReadAndOneWrite(long cacheBytes) {
    var random = new Random(5);
    try (TopologyTestDriver driver = driver(cacheBytes)) {
      TestInputTopic<byte[], byte[]> raw = raw(driver, topics);
      for (int i = 0; i < EVENTS; i++) {
        int reads = calls.reads.get();
        int writes = calls.writes.get();
        click(raw, i - random.nextInt(2), random.nextInt(VISITORS));
        assertThat(calls.reads.get() - reads).isLessThanOrEqualTo(1);
        assertThat(calls.writes.get() - writes).isLessThanOrEqualTo(1);
      }

      assertThat(counts.accepted.sum()).isGreaterThan(EVENTS / 2);
      assertThat(calls.scans.get()).isZero();
      assertThat((long) calls.writes.get()).isEqualTo(counts.accepted.sum());
    }
  }

  @Test
  void visitorsThatFitInMemory_areReadOnce() {
    try (TopologyTestDriver driver = driver(100_000_000)) {
      TestInputTopic<byte[], byte[]> raw = raw(driver, topics);
      for (int i = 0; i < EVENTS; i++) {
        click(raw, i, i % VISITORS);
      }

      assertThat(calls.reads.get()).isEqualTo(VISITORS);
    }
  }

  @Test
  void visitorDroppedFromMemory_isFoundAgain() {
    try (TopologyTestDriver driver = driver(0)) {
      TestInputTopic<byte[], byte[]> raw = raw(driver, topics);
      click(raw, 1, 7);
      click(raw, 2, 8);
      click(raw, 1, 7);

      assertThat(counts.duplicate.sum()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100_000_000})
  void query_seesVisitorsInMemoryAndInTheStore(long cacheBytes) {
    try (TopologyTestDriver driver = driver(cacheBytes)) {
      TestInputTopic<byte[], byte[]> raw = raw(driver, topics);
      click(raw, 1, 7);
      click(raw, 2, 8);
      ReadOnlyKeyValueStore<String, byte[]> visitors =
          (VisitorStore) Objects.requireNonNull(driver.getAllStateStores().get(StepNames.VISITORS));

      assertThat(visitors.get("v7")).isNotNull();
      assertThat(visitors.get("v8")).isNotNull();
      assertThat(visitors.get("v9")).isNull();
    }
  }
}
