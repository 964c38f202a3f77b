package io.weir.stream.processor;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The visitors in memory and who of them goes when it is short.
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

  /** Somebody wants the visitor. */
  @Nullable VisitorEntry use(String visitor) {
    VisitorEntry entry = entries.get(visitor);
    if (entry != null) {
      entry.wasUsed = true;
    }
    return entry;
  }

  /** A look that is no use. */
  @Nullable VisitorEntry peek(String visitor) {
    return entries.get(visitor);
  }

  void add(VisitorEntry entry) {
    entries.put(entry.visitor(), entry);
    newcomers.add(entry);
  }

  void remove(VisitorEntry entry) {
    VisitorQueue queue = entry.queue;
    if (queue != null) {
      queue.remove(entry);
      entries.remove(entry.visitor());
    }
  }

  long bytes() {
    return newcomers.bytes() + regulars.bytes();
  }

  /** Forgets everybody; entries that are still held elsewhere must not be used any more. */
  void clear() {
    entries.clear();
    newcomers = new VisitorQueue();
    regulars = new VisitorQueue();
  }

  /** Who goes next, never the one in use; null when nobody else is left. */
  @Nullable VisitorEntry next(@Nullable VisitorEntry inUse) {
    int spared = inUse != null && inUse.isCached() ? 1 : 0;
    while (entries.size() > spared) {
      VisitorQueue queue = isNewcomersTurn() ? newcomers : regulars;
      VisitorEntry first = queue.first();
      if (first == null || (first != inUse && !first.wasUsed)) {
        return first;
      }
      first.wasUsed = false;
      queue.remove(first);
      regulars.add(first);
    }
    return null;
  }

  private boolean isNewcomersTurn() {
    return regulars.first() == null || newcomers.bytes() > bytes() / NEWCOMERS_SHARE;
  }
}
