package io.weir.stream.processor;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.processor.quality.TaskCounts;
import io.weir.stream.processor.quality.TaskCountsBuilder;
import io.weir.stream.processor.visitors.VisitorStore;
import io.weir.stream.processor.visitors.VisitorStoreBuilder;
import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * A task of {@link Sessionize} with transactions: a commit keeps the stores and the emitted
 * sessions, a crash goes back to the last commit.
 */
final class CrashingTask {
  private static final Properties PROPERTIES = new Properties();

  static {
    PROPERTIES.put("application.id", "test");
    PROPERTIES.put("bootstrap.servers", "none:1");
  }

  private final StreamSettings settings;
  private final File folder;
  private final Map<String, Map<Bytes, byte[]>> committed = new HashMap<>();
  private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new HashMap<>();
  private final List<Session> sessions = new ArrayList<>();
  private final List<EnrichedEvent> events = new ArrayList<>();
  private MockProcessorContext<Object, Object> context;
  private VisitorStore visitors;
  private TaskCounts counts;
  private Sessionize sessionize;
  long now;

  CrashingTask(StreamSettings settings, File folder, long now) {
    this.settings = settings;
    this.folder = folder;
    this.now = now;
    crash();
  }

  /** Starts anew from the last commit. */
  void crash() {
    context = new MockProcessorContext<>(PROPERTIES, new TaskId(0, 0), folder);
    context.setCurrentSystemTimeMs(now);
    stores.clear();
    visitors =
        new VisitorStoreBuilder(supplier(StepNames.VISITORS), settings.visitorCache())
            .withLoggingDisabled()
            .build();
    add(visitors);
    for (String store :
        List.of(
            StepNames.TIMERS, StepNames.GOLD, StepNames.SESSION_FACTS, StepNames.VISITOR_DAYS)) {
      add(
          Stores.keyValueStoreBuilder(supplier(store), Serdes.Bytes(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build());
    }
    counts = new TaskCountsBuilder(StepNames.TASK_COUNTS).build();
    add(counts);
    committed.forEach((name, entries) ->
        entries.forEach((key, value) -> Objects.requireNonNull(stores.get(name)).put(key, value)));
    sessionize = new Sessionize(settings, new IngestCounts(), new StreamProgress());
    sessionize.init(context);
  }

  private void add(StateStore store) {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  private KeyValueBytesStoreSupplier supplier(String name) {
    KeyValueBytesStoreSupplier inner = Stores.inMemoryKeyValueStore(name);
    return new KeyValueBytesStoreSupplier() {
      @Override
      public String name() {
        return inner.name();
      }

      @Override
      public KeyValueStore<Bytes, byte[]> get() {
        KeyValueStore<Bytes, byte[]> store = inner.get();
        stores.put(inner.name(), store);
        return store;
      }

      @Override
      public String metricsScope() {
        return inner.metricsScope();
      }
    };
  }

  void process(EnrichedEvent event) {
    context.setCurrentSystemTimeMs(now);
    counts.received(now, now);
    sessionize.process(new Record<>(event.getVisitorId(), event, now));
  }

  void erase(String visitor) {
    sessionize.process(new Record<>(visitor, new Erase.Erasure(visitor), now));
  }

  void settle() {
    context.setCurrentSystemTimeMs(now);
    context.scheduledPunctuators().stream()
        .filter(each -> each.getInterval().equals(settings.closeInterval()))
        .map(CapturedPunctuator::getPunctuator)
        .forEach(punctuator -> punctuator.punctuate(now));
  }

  void commit() {
    visitors.flushCache();
    stores.forEach((name, store) -> committed.put(name, contents(store)));
    context
        .forwarded(StepNames.SESSIONS_OUT)
        .forEach(forward -> sessions.add((Session) forward.record().value()));
    context
        .forwarded(StepNames.EVENTS_OUT)
        .forEach(forward -> events.add((EnrichedEvent) forward.record().value()));
    context.resetForwards();
  }

  private static Map<Bytes, byte[]> contents(KeyValueStore<Bytes, byte[]> store) {
    var contents = new TreeMap<Bytes, byte[]>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> contents.put(entry.key, entry.value));
    }
    return contents;
  }

  /** What a store had at the last commit. */
  Map<Bytes, byte[]> committed(String store) {
    return committed.getOrDefault(store, Map.of());
  }

  /** The committed events. */
  List<EnrichedEvent> events() {
    return events;
  }

  /** The committed revisions of all sessions. */
  List<Session> sessions() {
    return sessions;
  }
}
