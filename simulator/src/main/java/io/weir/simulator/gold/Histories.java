package io.weir.simulator.gold;

import io.weir.simulator.visit.Deed;
import io.weir.simulator.visit.EventType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that happened, by visitor and time, split into sessions. */
final class Histories {
  private static final long GAP = 30 * 60_000;

  private final List<GoldSession> sessions = new ArrayList<>();
  private final Set<Deed> late;
  private final Set<Deed> repeated = Collections.newSetFromMap(new IdentityHashMap<>());

  Histories(List<Deed> deeds, Set<Deed> late) {
    this.late = late;
    var byVisitor = new TreeMap<String, List<Deed>>();
    for (Deed deed : deeds) {
      byVisitor.computeIfAbsent(deed.person().visitor(), _ -> new ArrayList<>()).add(deed);
    }
    byVisitor.values().forEach(this::read);
  }

  private void read(List<Deed> deeds) {
    deeds.sort(Ties.ORDER);
    findRepeated(deeds);
    int from = 0;
    int number = 1;
    long previousEnd = GoldSession.NEVER;
    for (int i = 1; i <= deeds.size(); i++) {
      long last = deeds.get(i - 1).time();
      if (i == deeds.size() || deeds.get(i).time() - last > GAP) {
        var marks = new GoldSession.Marks(repeated, late);
        sessions.add(new GoldSession(deeds.subList(from, i), marks, number++, previousEnd));
        previousEnd = last;
        from = i;
      }
    }
  }

  /** An order counts once per visitor and app; no run is as long as the 30 days it is known. */
  private void findRepeated(List<Deed> deeds) {
    var orders = new HashSet<String>();
    for (Deed deed : deeds) {
      if (deed.type() == EventType.PURCHASE && !orders.add(deed.app() + ' ' + deed.label())) {
        repeated.add(deed);
      }
    }
  }

  /** By visitor and time. */
  List<GoldSession> sessions() {
    return List.copyOf(sessions);
  }

  /** Those of people, by visitor and time. */
  List<GoldSession> people() {
    return sessions.stream().filter(session -> !session.isBot()).toList();
  }

  /** Those of people by visitor, each list by time. */
  Map<String, List<GoldSession>> byVisitor() {
    var all = new TreeMap<String, List<GoldSession>>();
    for (GoldSession session : people()) {
      all.computeIfAbsent(session.person().visitor(), _ -> new ArrayList<>()).add(session);
    }
    return all;
  }
}
