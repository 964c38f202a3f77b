package io.weir.sink.write;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ranks of the keys in a table, by day, as far as they are remembered. Days that were not used
 * for long are forgotten first.
 */
final class KnownRanks {

  /** Reads ranks from the table. */
  interface Source {
    /** How many rows a day has, at most. */
    long rows(int day);

    /** The ranks of all keys of the day. */
    Map<String, Long> all(int day);

    /** The ranks of the keys of those rows, all of the day. */
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

  /** The ranks of their keys, read from the table where the day is not remembered. */
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

  /** These rows are in the table now. */
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
