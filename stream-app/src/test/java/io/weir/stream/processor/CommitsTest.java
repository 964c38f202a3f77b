package io.weir.stream.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.process.trace.Tracing;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.ingest.EventRules;
import io.weir.stream.ingest.TimeRules;
import io.weir.stream.processor.quality.TaskCountsBuilder;
import io.weir.stream.processor.visitors.VisitorCache;
import io.weir.stream.processor.visitors.VisitorStoreBuilder;
import io.weir.stream.session.rules.SessionRules;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commits of a task: soon while it keeps up with the topic; at Kafka Streams' longer interval
 * while it catches up.
 */
class CommitsTest {
  private static final Duration CLOSE = Duration.ofMillis(500);
  private static final Duration COMMIT = Duration.ofSeconds(1);

  private final AtomicLong lag = new AtomicLong();

  private MockProcessorContext<Object, Object> context;

  @BeforeEach
  void start(@TempDir Path stateDir) {
    var properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "none:1");
    context = new MockProcessorContext<>(properties, new TaskId(0, 0), new File(stateDir.toUri()));
    context.setCurrentSystemTimeMs(0);
    var cache = new VisitorCache(1 << 20);
    add(
        new VisitorStoreBuilder(Stores.inMemoryKeyValueStore(StepNames.VISITORS), cache)
            .withLoggingDisabled()
            .build());
    add(new TaskCountsBuilder(StepNames.TASK_COUNTS).build());
    for (String store :
        List.of(
            StepNames.TIMERS, StepNames.GOLD, StepNames.SESSION_FACTS, StepNames.VISITOR_DAYS)) {
      add(
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(store), Serdes.Bytes(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build());
    }
    var settings =
        new StreamSettings(
            TopicSettings.topics(Settings.of(Map.of())),
            1,
            new TimeRules(Duration.ofMinutes(5), Duration.ofDays(30)),
            EventRules.any(),
            SessionRules.of(Duration.ofMinutes(30), Duration.ZERO, Duration.ofHours(24)),
            GoldRules.of(ZoneOffset.UTC, GoldRules.USUAL_QUARTERS),
            Duration.ofSeconds(30),
            CLOSE,
            COMMIT,
            _ -> false,
            List::of,
            cache,
            _ -> OptionalLong.of(lag.get()),
            Tracing.off());
    new Sessionize(settings, new IngestCounts(), new StreamProgress()).init(context);
  }

  private void add(StateStore store) {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  private void commitIntervalPasses() {
    context.scheduledPunctuators().stream()
        .filter(each -> each.getInterval().equals(COMMIT))
        .map(CapturedPunctuator::getPunctuator)
        .forEach(punctuator -> punctuator.punctuate(0));
  }

  @Test
  void partitionThatKeepsUp_commits() {
    lag.set(9_999);

    commitIntervalPasses();

    assertThat(context.committed()).isTrue();
  }

  @Test
  void partitionThatCatchesUp_waits() {
    lag.set(10_000);

    commitIntervalPasses();

    assertThat(context.committed()).isFalse();
  }
}
