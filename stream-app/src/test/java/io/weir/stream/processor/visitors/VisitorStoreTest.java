package io.weir.stream.processor.visitors;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.processor.StepNames;
import io.weir.stream.session.visitor.VisitorState;
import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisitorStoreTest {
  @TempDir private Path stateDir;

  private VisitorStore store(long cacheBytes) {
    return store(new VisitorCache(cacheBytes));
  }

  private VisitorStore store(VisitorCache cache) {
    var properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "none:1");
    var context =
        new MockProcessorContext<Object, Object>(
            properties, new TaskId(0, 0), new File(stateDir.toUri()));
    VisitorStore store =
        new VisitorStoreBuilder(Stores.inMemoryKeyValueStore(StepNames.VISITORS), cache)
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }

  private static WeakReference<VisitorState> stateOfChanged(VisitorStore store, String visitor) {
    VisitorEntry entry = store.entry(visitor);
    store.changed(entry);
    return new WeakReference<>(entry.state());
  }

  /** A held visitor would stay on the heap until the commit, whatever the cache's limit is. */
  @Test
  void visitorDroppedBeforeTheCommit_isNotHeldUntilThen() {
    VisitorStore store = store(0);
    WeakReference<VisitorState> dropped = stateOfChanged(store, "a");
    stateOfChanged(store, "b");

    System.gc();

    assertThat(dropped.refersTo(null)).isTrue();
  }

  @Test
  void visitorDroppedChangedAndDroppedAgain_isWrittenEachTime() {
    VisitorStore store = store(0);
    VisitorEntry first = store.entry("a");
    first.state().identify("one", 1);
    store.changed(first);
    store.entry("b");
    VisitorEntry second = store.entry("a");
    second.state().identify("two", 2);
    store.changed(second);
    store.entry("b");

    assertThat(store.entry("a").state().identify("two", 3)).isFalse();
  }

  @Test
  void visitorChangedSinceTheCommit_isWrittenAtTheNext() {
    VisitorStore store = store(1 << 20);
    VisitorEntry entry = store.entry("a");
    store.changed(entry);
    store.flushCache();
    entry.state().identify("user", 1);
    store.changed(entry);
    store.flushCache();
    store.clearCache();

    assertThat(store.entry("a").state().identify("user", 2)).isFalse();
  }

  @Test
  void visitorChangedAndDeleted_isGoneAfterTheCommit() {
    VisitorStore store = store(1 << 20);
    VisitorEntry entry = store.entry("a");
    store.changed(entry);

    store.delete(entry);
    store.flushCache();

    assertThat(store.get("a")).isNull();
  }

  @Test
  void memory_isGivenBackWhateverBecomesOfAVisitor() {
    var cache = new VisitorCache(3_000);
    VisitorStore store = store(cache);
    for (int i = 0; i < 20; i++) {
      VisitorEntry entry = store.entry("v" + i);
      entry.state().identify("user", i);
      store.changed(entry);
    }
    store.changedInPassing(store.passing("v0"));
    store.delete(store.passing("v1"));
    store.delete(store.entry("v19"));
    assertThat(cache.used()).isPositive();

    store.clearCache();
    store.close();

    assertThat(cache.used()).isZero();
  }

  @Test
  void partitionWithMoreThanItsShare_givesBackWhatAnotherNeeds() {
    var cache = new VisitorCache(80_000);
    VisitorStore idle = store(cache);
    VisitorStore busy = store(cache);
    for (int i = 0; i < 400; i++) {
      idle.changed(idle.entry("idle " + i));
    }
    long full = cache.used();

    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 50; i++) {
        busy.changed(busy.entry("busy " + round + " " + i));
      }
      idle.trim();
    }

    assertThat(full).isBetween(70_000L, 90_000L);
    assertThat(cache.used()).isLessThan(91_000);
    long reads = cache.read.sum();
    for (int i = 0; i < 50; i++) {
      busy.entry("busy 19 " + i);
    }
    assertThat(cache.read.sum()).isEqualTo(reads);
  }
}
