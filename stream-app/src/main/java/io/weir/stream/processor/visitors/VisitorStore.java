package io.weir.stream.processor.visitors;

import io.weir.stream.processor.visitors.VisitorEntry.Stage;
import io.weir.stream.session.codec.VisitorStateCodec;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * The visitors of one partition. In front of Kafka Streams' own store, which has RocksDB and the
 * changelog, lie the visitors in use, decoded: an event costs no decoding and no encoding, a commit
 * writes each changed visitor once.
 *
 * <p>The stream thread changes states while it holds this object's monitor; queries read under it.
 */
public final class VisitorStore
    extends WrappedStateStore<KeyValueStore<String, byte[]>, String, byte[]>
    implements ReadOnlyKeyValueStore<String, byte[]> {
  private final CachedVisitors visitors = new CachedVisitors();
  private final VisitorCache cache;

  /** The entries that are dirty; null in place of those that were evicted or deleted. */
  private List<@Nullable VisitorEntry> dirty = new ArrayList<>();

  private Runnable beforeCommit = () -> {};
  private boolean hasJoined;

  VisitorStore(KeyValueStore<String, byte[]> inner, VisitorCache cache) {
    super(inner);
    this.cache = cache;
  }

  /** The visitor's entry; a new one if the visitor is not known. */
  public synchronized VisitorEntry entry(String visitor) {
    VisitorEntry known = visitors.use(visitor);
    if (known != null) {
      return known;
    }
    VisitorEntry entry = loaded(visitor);
    cache(entry);
    return entry;
  }

  /** The visitor's entry for a look that nobody follows up: it takes no place in memory. */
  public synchronized VisitorEntry passing(String visitor) {
    VisitorEntry known = visitors.peek(visitor);
    return known == null ? loaded(visitor) : known;
  }

  private VisitorEntry loaded(String visitor) {
    cache.read.increment();
    byte[] stored = wrapped().get(visitor);
    if (stored == null) {
      return VisitorEntry.ofNew(visitor);
    }
    var parts = new VisitorParts(visitor, wrapped());
    return VisitorEntry.ofStored(visitor, VisitorStateCodec.decode(stored, parts));
  }

  /** Takes note that a passing entry's state was changed. */
  public synchronized void changedInPassing(VisitorEntry entry) {
    if (entry.isCached()) {
      changed(entry);
    } else {
      store(entry);
    }
  }

  /** Takes note that the entry's state was changed. */
  public synchronized void changed(VisitorEntry entry) {
    if (!entry.isDirty()) {
      entry.dirtyAt = dirty.size();
      dirty.add(entry);
      entry.become(Stage.DIRTY);
    }
    resize(entry);
  }

  private void cache(VisitorEntry entry) {
    visitors.add(entry);
    resize(entry);
    makeRoom(entry);
  }

  /** Evicts until the visitors fit, or only the one in use is left. */
  private void makeRoom(@Nullable VisitorEntry inUse) {
    while (cache.isTooMuch(visitors.bytes()) && evictNext(inUse)) {
      // One after the other.
    }
  }

  /** Gives memory back when partitions that are busier than this one need it. */
  public synchronized void trim() {
    makeRoom(null);
  }

  public synchronized void delete(VisitorEntry entry) {
    unlist(entry);
    uncache(entry);
    entry.become(Stage.GONE);
    wrapped().put(entry.visitor(), null);
    VisitorStateCodec.deleteAll(entry.state(), new VisitorParts(entry.visitor(), wrapped()));
  }

  private void resize(VisitorEntry entry) {
    VisitorQueue queue = entry.queue;
    if (queue != null) {
      long before = entry.size;
      queue.resize(entry, entry.memory());
      cache.add(entry.size - before);
    }
  }

  /** Returns false if only the visitor in use is left. */
  private boolean evictNext(@Nullable VisitorEntry inUse) {
    VisitorEntry next = visitors.next(inUse);
    if (next == null) {
      return false;
    }
    if (next.isDirty()) {
      unlist(next);
      store(next);
    }
    uncache(next);
    next.become(Stage.GONE);
    return true;
  }

  /** Takes the visitor off the dirty list, which would keep it in memory until the commit. */
  private void unlist(VisitorEntry entry) {
    if (entry.isDirty()) {
      dirty.set(entry.dirtyAt, null);
    }
  }

  private void uncache(VisitorEntry entry) {
    visitors.remove(entry);
    cache.add(-entry.size);
    entry.size = 0;
  }

  private void store(VisitorEntry entry) {
    var parts = new VisitorParts(entry.visitor(), wrapped());
    wrapped().put(entry.visitor(), VisitorStateCodec.encode(entry.state(), parts));
    VisitorStateCodec.deleteStale(entry.state(), parts);
    entry.become(Stage.CLEAN);
  }

  /** Sets the step that writes everything else before a commit; it replaces the step before. */
  public void beforeCommit(Runnable step) {
    beforeCommit = step;
  }

  /** Called before every commit, on the stream thread. Queries get a turn between two visitors. */
  @Override
  public void flushCache() {
    List<@Nullable VisitorEntry> since;
    synchronized (this) {
      since = dirty;
      dirty = new ArrayList<>();
    }
    for (VisitorEntry entry : since) {
      if (entry != null) {
        synchronized (this) {
          store(entry);
        }
      }
    }
    beforeCommit.run();
  }

  /** Called when the partition becomes a standby, whose changes go around this cache. */
  @Override
  public synchronized void clearCache() {
    cache.add(-visitors.bytes());
    visitors.clear();
    dirty.clear();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    super.init(context, root);
    cache.join();
    hasJoined = true;
  }

  @Override
  public void close() {
    clearCache();
    if (hasJoined) {
      cache.leave();
      hasJoined = false;
    }
    super.close();
  }

  /** The current state of the visitor for queries, committed or not. */
  @Override
  public synchronized byte @Nullable [] get(String visitor) {
    VisitorEntry entry = visitors.peek(visitor);
    if (entry == null) {
      return whole(visitor, wrapped().get(visitor));
    }
    return entry.stage() == Stage.NEW ? null : VisitorStateCodec.encode(entry.state());
  }

  /** The visitor in one value, with the parts that lie apart. */
  private byte @Nullable [] whole(String visitor, byte @Nullable [] stored) {
    if (stored == null || !VisitorStateCodec.hasParts(stored)) {
      return stored;
    }
    var parts = new VisitorParts(visitor, wrapped());
    return VisitorStateCodec.encode(VisitorStateCodec.decode(stored, parts));
  }

  /** The entries as of the last commit, including parts of visitors. */
  @Override
  public KeyValueIterator<String, byte[]> range(String from, String to) {
    return wrapped().range(from, to);
  }

  /** The entries as of the last commit, including parts of visitors. */
  @Override
  public KeyValueIterator<String, byte[]> all() {
    return wrapped().all();
  }

  @Override
  public long approximateNumEntries() {
    return wrapped().approximateNumEntries();
  }
}
