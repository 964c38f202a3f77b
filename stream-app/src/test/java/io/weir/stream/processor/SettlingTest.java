package io.weir.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.process.trace.Tracing;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.ingest.Checked;
import io.weir.stream.ingest.EventRules;
import io.weir.stream.ingest.EventValidator;
import io.weir.stream.ingest.TimeRules;
import io.weir.stream.processor.quality.TaskCounts;
import io.weir.stream.processor.quality.TaskCountsBuilder;
import io.weir.stream.processor.visitors.VisitorCache;
import io.weir.stream.processor.visitors.VisitorStoreBuilder;
import io.weir.stream.session.rules.SessionRules;
import io.weir.testkit.TestEvents;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many sessions that close together are emitted in turns that fit into transactions. A session of a
 * failed transaction does not get into the next one.
 */
class SettlingTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration CLOSE = Duration.ofMillis(500);
  private static final TimeRules TIMES = new TimeRules(Duration.ofDays(1), Duration.ofDays(30));

  private final EventValidator validator = new EventValidator(TIMES, EventRules.any());
  private final VisitorCache cache = new VisitorCache(1 << 20);
  private long nanosPerLook;
  private long nanos;
  private boolean isBrokerGone;
  private Context context;
  private final TaskCounts counts = new TaskCountsBuilder(StepNames.TASK_COUNTS).build();
  private Sessionize sessionize;

  /** A context whose broker can be gone when a session is sent. */
  private final class Context extends MockProcessorContext<Object, Object> {
    Context(Properties properties, File stateDir) {
      super(properties, new TaskId(0, 0), stateDir);
    }

    @Override
    public <K, V> void forward(Record<K, V> record, String child) {
      if (isBrokerGone && record.value() instanceof Session) {
        throw new IllegalStateException("the broker is gone");
      }
      super.forward(record, child);
    }
  }

  @BeforeEach
  void start(@TempDir Path stateDir) {
    var properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "none:1");
    context = new Context(properties, stateDir.toFile());
    context.setCurrentSystemTimeMs(NOON.toEpochMilli());
    addStores();
    sessionize =
        new Sessionize(
            settings(), new IngestCounts(), new StreamProgress(), () -> nanos += nanosPerLook);
    sessionize.init(context);
  }

  private void addStores() {
    add(
        new VisitorStoreBuilder(Stores.inMemoryKeyValueStore(StepNames.VISITORS), cache)
            .withLoggingDisabled()
            .build());
    add(counts);
    for (String store :
        List.of(
            StepNames.TIMERS, StepNames.GOLD, StepNames.SESSION_FACTS, StepNames.VISITOR_DAYS)) {
      add(
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(store), Serdes.Bytes(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build());
    }
  }

  private void add(StateStore store) {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  private StreamSettings settings() {
    return new StreamSettings(
        TopicSettings.topics(Settings.of(Map.of())),
        1,
        TIMES,
        EventRules.any(),
        SessionRules.of(Duration.ofMinutes(30), Duration.ZERO, Duration.ofHours(24)),
        GoldRules.of(ZoneOffset.UTC, GoldRules.USUAL_QUARTERS),
        Duration.ofSeconds(30),
        CLOSE,
        Duration.ofSeconds(1),
        _ -> false,
        List::of,
        cache,
        _ -> OptionalLong.of(0),
        Tracing.off());
  }

  private void click(String visitor, Instant time) {
    byte[] raw = TestEvents.rawView(visitor, visitor, time);
    var checked = validator.check(raw, NOON.toEpochMilli());
    assertThat(checked).isInstanceOf(Checked.Accepted.class);
    EnrichedEvent event = ((Checked.Accepted) checked).event();
    counts.received(NOON.toEpochMilli(), NOON.toEpochMilli());
    sessionize.process(new Record<>(visitor, event, NOON.toEpochMilli()));
  }

  private void settle() {
    List<CapturedPunctuator> punctuators = List.copyOf(context.scheduledPunctuators());
    punctuators.stream()
        .filter(each -> each.getInterval().equals(CLOSE))
        .reduce((_, latest) -> latest)
        .orElseThrow()
        .getPunctuator()
        .punctuate(NOON.toEpochMilli());
  }

  private List<String> takeSessions() {
    List<String> visitors =
        context.forwarded().stream()
            .map(MockProcessorContext.CapturedForward::record)
            .map(Record::value)
            .flatMap(value -> value instanceof Session session ? Stream.of(session) : Stream.of())
            .map(Session::getVisitorId)
            .toList();
    context.resetForwards();
    return visitors;
  }

  @Test
  void slowSettling_isDoneInTurnsThatEachCommit() {
    for (int i = 0; i < 1_000; i++) {
      click("v" + i, NOON.minusSeconds(10));
    }
    click("later", NOON.plus(Duration.ofHours(2)));
    nanosPerLook = Duration.ofMillis(5).toNanos();

    List<String> all = new ArrayList<>();
    int turns = 0;
    while (all.size() < 1_000) {
      context.resetCommit();
      settle();
      List<String> settled = takeSessions();
      assertThat(settled).isNotEmpty().hasSizeLessThanOrEqualTo(200);
      all.addAll(settled);
      assertThat(context.committed()).isEqualTo(all.size() < 1_000);
      turns++;
    }

    assertThat(all).doesNotHaveDuplicates();
    assertThat(turns).isGreaterThanOrEqualTo(5);
  }

  @Test
  void sessionThatWasNotSent_doesNotComeWithAnotherVisitor() {
    click("a", NOON.minusSeconds(10));
    click("later", NOON.plus(Duration.ofHours(2)));
    isBrokerGone = true;
    assertThatThrownBy(this::settle).hasMessageContaining("the broker is gone");
    isBrokerGone = false;

    // The task starts anew, from the state of the last commit.
    addStores();
    sessionize.init(context);
    click("b", NOON.minusSeconds(10));
    click("later still", NOON.plus(Duration.ofHours(2)));
    settle();

    assertThat(takeSessions()).containsExactly("b");
  }
}
