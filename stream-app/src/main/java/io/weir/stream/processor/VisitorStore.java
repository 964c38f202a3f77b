package io.weir.stream.processor;

import io.weir.stream.session.VisitorState;
import io.weir.stream.session.VisitorStateCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
final class VisitorStore extends WrappedStateStore<KeyValueStore<String, byte[]>, String, byte[]>
    implements ReadOnlyKeyValueStore<String, byte[]> {
  private static final int OWN_SIZE = 400;

  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(1024, 0.75f, true);
  private final VisitorCache cache;

  /** Who was changed since the last commit; some may be written by now. */
  private List<Entry> changed = new ArrayList<>();

  private Runnable beforeCommit = () -> {};

  VisitorStore(KeyValueStore<String, byte[]> inner, VisitorCache cache) {
    super(inner);
    this.cache = cache;
  }

  /** A visitor in memory. */
  static final class Entry {
    private final String visitor;
    private final VisitorState state;
    private boolean isKept;
    private boolean isChanged;
    private boolean isCached;
    private long size;

    private Entry(String visitor, VisitorState state, boolean isKept) {
      this.visitor = visitor;
      this.state = state;
      this.isKept = isKept;
    }

    VisitorState state() {
      return state;
    }
  }

  /** The visitor's entry; a new one for who is not known. */
  synchronized Entry entry(String visitor) {
    Entry known = entries.get(visitor);
    if (known != null) {
      return known;
    }
    Entry entry = loaded(visitor);
    cache(entry);
    return entry;
  }

  /** The visitor's entry for a look that nobody follows up: it takes no place in memory. */
  synchronized Entry passing(String visitor) {
    Entry known = entries.get(visitor);
    return known == null ? loaded(visitor) : known;
  }

  private Entry loaded(String visitor) {
    byte[] stored = wrapped().get(visitor);
    VisitorState state = stored == null ? new VisitorState() : VisitorStateCodec.decode(stored);
    return new Entry(visitor, state, stored != null);
  }

  /** Takes note that a passing entry's state was changed. */
  synchronized void changedInPassing(Entry entry) {
    if (entry.isCached) {
      changed(entry);
    } else {
      wrapped().put(entry.visitor, VisitorStateCodec.encode(entry.state));
    }
  }

  /** Takes note that the entry's state was changed. */
  synchronized void changed(Entry entry) {
    if (!entry.isChanged) {
      changed.add(entry);
    }
    entry.isChanged = true;
    entry.isKept = true;
    if (entry.isCached) {
      resize(entry);
    } else {
      cache(entry);
    }
  }

  private void cache(Entry entry) {
    entries.put(entry.visitor, entry);
    entry.isCached = true;
    resize(entry);
    while (cache.isExceeded() && dropEldest(entry)) {
      // Until it fits, or nobody else is left.
    }
  }

  /** Gives memory back when partitions that are busier than this one need it. */
  synchronized void trim() {
    while (cache.isExceeded() && dropEldest(null)) {
      // Until it fits.
    }
  }

  synchronized void delete(Entry entry) {
    entries.remove(entry.visitor);
    entry.isChanged = false;
    uncache(entry);
    wrapped().put(entry.visitor, null);
  }

  private void resize(Entry entry) {
    long size = OWN_SIZE + entry.state.memory();
    cache.add(size - entry.size);
    entry.size = size;
  }

  /** Drops who was not seen for longest, but never the one in use; false when nobody is left. */
  private boolean dropEldest(@Nullable Entry inUse) {
    Map.Entry<String, Entry> eldest = entries.firstEntry();
    if (eldest == null || eldest.getValue() == inUse) {
      return false;
    }
    Entry entry = eldest.getValue();
    write(entry);
    entries.remove(entry.visitor);
    uncache(entry);
    return true;
  }

  private void uncache(Entry entry) {
    cache.add(-entry.size);
    entry.size = 0;
    entry.isCached = false;
  }

  private synchronized void write(Entry entry) {
    if (entry.isChanged) {
      wrapped().put(entry.visitor, VisitorStateCodec.encode(entry.state));
      entry.isChanged = false;
    }
  }

  /** What else has to be written before a commit, in place of what was said before. */
  void beforeCommit(Runnable step) {
    beforeCommit = step;
  }

  /** Comes before every commit, on the stream thread. Queries get a turn between two visitors. */
  @Override
  public void flushCache() {
    List<Entry> since;
    synchronized (this) {
      since = changed;
      changed = new ArrayList<>();
    }
    since.forEach(this::write);
    beforeCommit.run();
  }

  /** Comes when the partition goes on as a standby, whose changes go around this cache. */
  @Override
  public synchronized void clearCache() {
    entries.values().forEach(this::uncache);
    entries.clear();
    changed.clear();
  }

  @Override
  public void close() {
    clearCache();
    super.close();
  }

  /** For queries: what is known of the visitor now, committed or not. */
  @Override
  public synchronized byte @Nullable [] get(String visitor) {
    Entry entry = entries.get(visitor);
    if (entry == null) {
      return wrapped().get(visitor);
    }
    return entry.isKept ? VisitorStateCodec.encode(entry.state) : null;
  }

  /** As of the last commit. */
  @Override
  public KeyValueIterator<String, byte[]> range(String from, String to) {
    return wrapped().range(from, to);
  }

  /** As of the last commit. */
  @Override
  public KeyValueIterator<String, byte[]> all() {
    return wrapped().all();
  }

  @Override
  public long approximateNumEntries() {
    return wrapped().approximateNumEntries();
  }
}
