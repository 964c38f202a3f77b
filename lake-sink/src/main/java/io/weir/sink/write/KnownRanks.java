package io.weir.sink.write;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cache of the ranks of a table's keys, by day. The least recently used days are evicted first.
 */
final class KnownRanks {

  /** Reads ranks from the table. */
  interface Source {
    /** An upper bound of the rows of a day. */
    long rows(int day);

    /** The ranks of all keys of the day. */
    Map<String, Long> all(int day);

    /** The ranks of the keys of the given rows, which are all of the day. */
    Map<String, Long> of(int day, Collection<KeyedRow> asked);
  }

  private final Source source;
  private final long capacity;
  private final LinkedHashMap<Integer, Map<String, Long>> days =
      new LinkedHashMap<>(16, 0.75f, true);

  KnownRanks(Source source, long capacity) {
    this.source = source;
    this.capacity = capacity;
  }

  /**
   * The ranks of the keys of the given rows. If the day is not cached, they are read from the
   * table.
   */
  Map<String, Long> of(int day, Collection<KeyedRow> asked) {
    Map<String, Long> known = days.get(day);
    if (known == null) {
      if (source.rows(day) > capacity) {
        return source.of(day, asked);
      }
      known = new HashMap<>(source.all(day));
      days.put(day, known);
    }
    var ranks = new HashMap<String, Long>();
    for (KeyedRow row : asked) {
      Long rank = known.get(row.key());
      if (rank != null) {
        ranks.put(row.key(), rank);
      }
    }
    return ranks;
  }

  /** Updates the cache after the rows were committed. */
  void committed(Iterable<KeyedRow> rows) {
    for (KeyedRow row : rows) {
      Map<String, Long> known = days.get(row.day());
      if (known != null) {
        known.merge(row.key(), row.rank(), Math::max);
      }
    }
    forgetOldest();
  }

  void forget() {
    days.clear();
  }

  private void forgetOldest() {
    long total = 0;
    for (Map<String, Long> day : days.values()) {
      total += day.size();
    }
    var oldest = days.values().iterator();
    while (total > capacity && oldest.hasNext()) {
      total -= oldest.next().size();
      oldest.remove();
    }
  }
}
