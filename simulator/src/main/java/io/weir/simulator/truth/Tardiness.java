package io.weir.simulator.truth;

import io.weir.simulator.visit.Deed;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * The events that came late. The time of a partition is that of its latest event, so what is late
 * follows from the order in which the events were sent.
 */
final class Tardiness {
  /** A session closes when its partition is so far ahead: by the gap, and a time for stragglers. */
  private static final long CLOSING = 30 * 60_000 + 30_000 + 1;

  private final Set<Deed> late = Collections.newSetFromMap(new IdentityHashMap<>());
  private final SortedSet<String> delayed = new TreeSet<>();
  private final Map<Integer, Long> latest = new HashMap<>();
  private ToIntFunction<String> partitions = _ -> 0;

  void sentTo(ToIntFunction<String> ofVisitors) {
    partitions = ofVisitors;
  }

  void add(Deed deed, long arrivesAt) {
    String visitor = deed.person().visitor();
    long now = latest.merge(partitions.applyAsInt(visitor), deed.time(), Math::max);
    if (deed.time() + CLOSING <= now) {
      late.add(deed);
    }
    if (arrivesAt > deed.time()) {
      delayed.add(visitor);
    }
  }

  Set<Deed> late() {
    return Collections.unmodifiableSet(late);
  }

  SortedSet<String> delayed() {
    return Collections.unmodifiableSortedSet(delayed);
  }
}
