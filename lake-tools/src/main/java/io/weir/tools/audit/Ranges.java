package io.weir.tools.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of offsets, stored as ranges without gaps, and the offsets that were added twice.
 * Consecutive offsets share one range, so a whole topic fits into memory.
 */
final class Ranges {
  private final TreeMap<Long, Long> runs = new TreeMap<>();
  private final List<Range> twice = new ArrayList<>();
  private long openFirst;
  private long openEnd;
  private long count;

  void add(long offset) {
    if (openFirst < openEnd && offset == openEnd) {
      openEnd++;
      return;
    }
    close();
    openFirst = offset;
    openEnd = offset + 1;
  }

  private void close() {
    if (openFirst < openEnd) {
      merge(openFirst, openEnd);
      openFirst = openEnd;
    }
  }

  private void merge(long from, long to) {
    long first = from;
    long end = to;
    long known = 0;
    Map.Entry<Long, Long> run = runs.lowerEntry(to + 1);
    while (run != null && run.getValue() >= from) {
      long sharedFirst = Math.max(from, run.getKey());
      long sharedEnd = Math.min(to, run.getValue());
      if (sharedFirst < sharedEnd) {
        twice.add(new Range(sharedFirst, sharedEnd));
        known += sharedEnd - sharedFirst;
      }
      first = Math.min(first, run.getKey());
      end = Math.max(end, run.getValue());
      runs.remove(run.getKey());
      run = runs.lowerEntry(to + 1);
    }
    runs.put(first, end);
    count += to - from - known;
  }

  long count() {
    close();
    return count;
  }

  List<Range> twice() {
    close();
    return twice;
  }

  boolean isEmpty() {
    close();
    return runs.isEmpty();
  }

  long first() {
    close();
    return runs.firstKey();
  }

  /** The offset after the highest one. */
  long end() {
    close();
    return runs.lastEntry().getValue();
  }

  boolean contains(long offset) {
    close();
    Map.Entry<Long, Long> run = runs.floorEntry(offset);
    return run != null && offset < run.getValue();
  }

  /** The ranges between two offsets that are not in this set. */
  List<Range> gaps(long first, long end) {
    close();
    var gaps = new ArrayList<Range>();
    long next = first;
    for (Map.Entry<Long, Long> run : runs.entrySet()) {
      if (run.getKey() >= end) {
        break;
      }
      if (run.getKey() > next) {
        gaps.add(new Range(next, run.getKey()));
      }
      next = Math.max(next, run.getValue());
    }
    if (next < end) {
      gaps.add(new Range(next, end));
    }
    return gaps;
  }

  /** The ranges that are in both sets. */
  List<Range> shared(Ranges other) {
    close();
    other.close();
    var shared = new ArrayList<Range>();
    for (Map.Entry<Long, Long> run : runs.entrySet()) {
      long next = run.getKey();
      for (Range gap : other.gaps(run.getKey(), run.getValue())) {
        if (gap.first() > next) {
          shared.add(new Range(next, gap.first()));
        }
        next = gap.end();
      }
      if (next < run.getValue()) {
        shared.add(new Range(next, run.getValue()));
      }
    }
    return shared;
  }

  /** The offsets from a given one on. */
  Ranges from(long first) {
    close();
    var from = new Ranges();
    runs.forEach((start, end) -> {
      if (end > first) {
        from.merge(Math.max(start, first), end);
      }
    });
    for (Range each : twice) {
      if (each.end() > first) {
        from.twice.add(new Range(Math.max(each.first(), first), each.end()));
      }
    }
    return from;
  }

  /** The number of offsets below a given one. */
  long countBelow(long end) {
    close();
    long below = 0;
    for (Map.Entry<Long, Long> run : runs.headMap(end).entrySet()) {
      below += Math.min(run.getValue(), end) - run.getKey();
    }
    return below;
  }
}
