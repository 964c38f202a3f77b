package io.weir.simulator.gold;

import io.weir.simulator.visit.Deed;
import io.weir.simulator.visit.EventType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The impressions and clicks of a session, by ad, position and page. */
final class AdsOfSession {
  private static final long MATCH = 30 * 60_000;

  /** Impressions come before clicks of the same time, in the order of their places. */
  private static final Comparator<Deed> ORDER =
      Comparator.comparingLong(Deed::time)
          .thenComparing(deed -> deed.type() == EventType.AD_CLICK)
          .thenComparing(Deed::page)
          .thenComparing(Deed::position);

  private final List<Deed> events;
  private final List<Deed> clicked;

  AdsOfSession(List<Deed> session) {
    events =
        session.stream()
            .filter(
                deed -> deed.type() == EventType.AD_IMPRESSION || deed.type() == EventType.AD_CLICK)
            .sorted(ORDER)
            .toList();
    clicked = clicked(events);
  }

  private static List<Deed> clicked(List<Deed> events) {
    var clicked = new ArrayList<Deed>(0);
    Map<String, Deque<Deed>> open = new HashMap<>();
    for (Deed deed : events) {
      Deque<Deed> ofAd = open.computeIfAbsent(deed.label(), _ -> new ArrayDeque<>());
      if (deed.type() == EventType.AD_IMPRESSION) {
        ofAd.push(deed);
      } else if (!ofAd.isEmpty() && deed.time() - ofAd.element().time() <= MATCH) {
        clicked.add(ofAd.remove());
      }
    }
    return List.copyOf(clicked);
  }

  /** The impressions that were clicked. */
  int matched() {
    return clicked.size();
  }

  /** A matched click counts where its impression was. */
  Map<String, Sums> by(Function<Deed, String> place) {
    var sums = new TreeMap<String, Sums>();
    for (Deed deed : events) {
      boolean isClick = deed.type() == EventType.AD_CLICK;
      sums.computeIfAbsent(place.apply(deed), _ -> new Sums())
          .add(isClick ? GoldNumber.AD_CLICKS : GoldNumber.AD_IMPRESSIONS, 1);
    }
    for (Deed deed : clicked) {
      sums.computeIfAbsent(place.apply(deed), _ -> new Sums()).add(GoldNumber.MATCHED_CLICKS, 1);
    }
    return sums;
  }
}
