package io.weir.stream.enrich;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cache of recent answers, one for each place of a table. It is cheap for keys that repeat soon
 * or never, such as a visitor's address. Serves many threads, because entries never change.
 */
final class RecentCache<V> {
  private final @Nullable Entry<V>[] table;
  private final Function<String, V> load;

  private record Entry<V>(String key, V value) {}

  @SuppressWarnings("unchecked")
  RecentCache(int places, Function<String, V> load) {
    this.table = new Entry[Integer.highestOneBit(places)];
    this.load = load;
  }

  V get(String key) {
    int hash = key.hashCode();
    int at = (hash ^ (hash >>> 16)) & (table.length - 1);
    Entry<V> entry = table[at];
    if (entry == null || !entry.key.equals(key)) {
      entry = new Entry<>(key, load.apply(key));
      table[at] = entry;
    }
    return entry.value;
  }
}
