package io.weir.stream.processor.visitors;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The visitors in memory, and the choice of the one to evict when memory is short.
 *
 * <p>Two queues, as in S3-FIFO (Yang and others, "FIFO queues are all you need for cache eviction",
 * SOSP 2023): newcomers have a tenth of the memory and leave it soon, unless somebody asked for
 * them again; regulars get another turn for each round in which somebody did. A use sets a flag and
 * moves nothing. Where far more visitors come by than fit, most of their entries live so shortly
 * that the collector never copies them.
 */
final class CachedVisitors {
  private static final int NEWCOMERS_SHARE = 10;

  private final Map<String, VisitorEntry> entries = new HashMap<>(1024);
  private VisitorQueue newcomers = new VisitorQueue();
  private VisitorQueue regulars = new VisitorQueue();

  /** Looks up a visitor and marks it as used. */
  @Nullable VisitorEntry use(String visitor) {
    VisitorEntry entry = entries.get(visitor);
    if (entry != null) {
      entry.wasUsed = true;
    }
    return entry;
  }

  /** Looks up a visitor without marking it as used. */
  @Nullable VisitorEntry peek(String visitor) {
    return entries.get(visitor);
  }

  void add(VisitorEntry entry) {
    entries.put(entry.visitor(), entry);
    newcomers.add(entry);
  }

  void remove(VisitorEntry entry) {
    if (entry.isCached()) {
      unqueue(entry);
      entries.remove(entry.visitor());
    }
  }

  long bytes() {
    return newcomers.bytes() + regulars.bytes();
  }

  /** Removes all entries; references to them that are held elsewhere become invalid. */
  void clear() {
    entries.clear();
    newcomers = new VisitorQueue();
    regulars = new VisitorQueue();
  }

  /** The next visitor to evict, never the one in use; null if there is no other. */
  @Nullable VisitorEntry next(@Nullable VisitorEntry inUse) {
    VisitorEntry first = first(inUse);
    while (first != null && first.wasUsed) {
      first.wasUsed = false;
      unqueue(first);
      regulars.add(first);
      first = first(inUse);
    }
    return first;
  }

  private @Nullable VisitorEntry first(@Nullable VisitorEntry inUse) {
    boolean isNewcomer = isNewcomersTurn();
    VisitorEntry first = (isNewcomer ? newcomers : regulars).firstBut(inUse);
    return first == null ? (isNewcomer ? regulars : newcomers).firstBut(inUse) : first;
  }

  private static void unqueue(VisitorEntry entry) {
    VisitorQueue queue = entry.queue;
    if (queue != null) {
      queue.remove(entry);
    }
  }

  private boolean isNewcomersTurn() {
    return regulars.first() == null || newcomers.bytes() > bytes() / NEWCOMERS_SHARE;
  }
}
