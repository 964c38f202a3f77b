package io.weir.stream.processor.visitors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.stream.processor.StepNames;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.codec.VisitorStateCodec;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.visitor.VisitorState;
import io.weir.testkit.TestEvents;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visitor with a long session lies in several records of the store. */
class VisitorPartsTest {
  private static final int EVENTS = 3_000;

  private final Sessionizer sessionizer =
      new Sessionizer(
          SessionRules.of(Duration.ofMinutes(30), Duration.ofSeconds(30), Duration.ofHours(24)));
  private final CountingStore.Calls calls = new CountingStore.Calls();

  @TempDir private Path stateDir;
  private VisitorStore store;

  @BeforeEach
  void open() {
    var properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "none:1");
    var context =
        new MockProcessorContext<Object, Object>(
            properties, new TaskId(0, 0), new File(stateDir.toUri()));
    store =
        new VisitorStoreBuilder(
                CountingStore.supplier(Stores.inMemoryKeyValueStore(StepNames.VISITORS), calls),
                new VisitorCache(64 << 20))
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
  }

  private static EnrichedEvent view(int number) {
    EnrichedEvent event = TestEvents.accepted("e" + number, "page_view");
    event.setEventTime(1_772_366_400_000L + number * 1_000L);
    event.setVisitorId("robot");
    event.setUrlDomain("shop.example");
    event.setUrlPath("/a/page/with/a/name/" + number);
    return event;
  }

  private void take(int from, int to) {
    for (int i = from; i < to; i++) {
      VisitorEntry entry = store.entry("robot");
      sessionizer.accept(entry.state(), view(i), Long.MIN_VALUE);
      store.changed(entry);
      store.flushCache();
    }
  }

  private List<String> keys() {
    var keys = new ArrayList<String>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(record -> keys.add(record.key));
    }
    return keys;
  }

  private int events(VisitorState state) {
    return sessionizer.open("robot", state).orElseThrow().getEvents();
  }

  @Test
  void longSession_liesInPartsAndIsReadWhole() {
    take(0, EVENTS);

    assertThat(keys()).hasSizeGreaterThan(3).contains("robot");
    byte[] cached = Objects.requireNonNull(store.get("robot"));
    store.clearCache();
    byte[] stored = Objects.requireNonNull(store.get("robot"));
    assertThat(events(VisitorStateCodec.decode(cached))).isEqualTo(EVENTS);
    assertThat(events(VisitorStateCodec.decode(stored))).isEqualTo(EVENTS);
    assertThat(events(store.passing("robot").state())).isEqualTo(EVENTS);
  }

  /** The average over many commits, each of one event. */
  @Test
  void commit_writesLittleMoreForALongSessionThanForAShortOne() {
    take(0, 20);
    long bytes = calls.bytes.get();
    take(20, 40);
    long shortSession = (calls.bytes.get() - bytes) / 20;
    take(40, EVENTS);
    bytes = calls.bytes.get();

    take(EVENTS, EVENTS + 1_024);

    assertThat((calls.bytes.get() - bytes) / 1_024).isLessThan(3 * shortSession);
  }

  @Test
  void partsThatWereMerged_areDeleted() {
    take(0, EVENTS);
    long parts = keys().size();

    take(EVENTS, 2 * EVENTS);

    assertThat((long) keys().size()).isLessThan(parts + 10);
  }

  @Test
  void deletedVisitor_leavesNoParts() {
    take(0, EVENTS);
    store.clearCache();

    store.delete(store.passing("robot"));

    assertThat(keys()).isEmpty();
  }

  @Test
  void partThatIsMissing_isNoAnswer() {
    take(0, EVENTS);
    store.clearCache();
    var parts = new VisitorParts("robot", store.wrapped());
    keys().stream()
        .filter(key -> !key.equals("robot"))
        .map(key -> Integer.parseInt(key.substring("robot".length() + 1)))
        .forEach(parts::delete);

    assertThatThrownBy(() -> store.get("robot")).isInstanceOf(InvalidStateStoreException.class);
  }
}
