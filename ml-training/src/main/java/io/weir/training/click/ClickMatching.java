package io.weir.training.click;

import io.weir.model.feature.VisitorEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of impressions: a click of the same visitor on the same ad within 30 minutes. A click
 * belongs to the latest impression before it that has none yet.
 */
final class ClickMatching {
  static final long MATCH_MS = 30 * 60_000;

  private ClickMatching() {}

  /**
   * Whether each event is an impression that was clicked.
   *
   * @param events of one visitor in the order of time, at equal times impressions first
   */
  static boolean[] clicked(List<VisitorEvent> events) {
    var clicked = new boolean[events.size()];
    Map<String, Deque<Integer>> open = new HashMap<>();
    for (int at = 0; at < clicked.length; at++) {
      VisitorEvent event = events.get(at);
      if (event.ad() == null) {
        continue;
      }
      Deque<Integer> impressions = open.computeIfAbsent(event.ad(), _ -> new ArrayDeque<>());
      if (event.isImpression()) {
        impressions.push(at);
      } else if (event.isClick() && !impressions.isEmpty()) {
        VisitorEvent latest = events.get(impressions.peek());
        if (event.time() - latest.time() <= MATCH_MS) {
          clicked[impressions.pop()] = true;
        }
      }
    }
    return clicked;
  }
}
