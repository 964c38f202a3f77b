package io.weir.stream.session;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a visitor's touches into sessions. What it says follows from the touches alone, so it is the
 * same whatever the order of arrival was.
 */
final class Slicer {
  private final long gap;
  private final long maxDuration;
  private final int maxEvents;
  private final int maxWeight;
  private final boolean isSplitAtCampaign;
  private final Optional<ZoneId> midnight;

  Slicer(SessionRules rules) {
    this.gap = rules.gap().toMillis();
    this.maxDuration = rules.maxDuration().toMillis();
    this.maxEvents = rules.maxEvents();
    this.maxWeight = rules.visitorMaxBytes() / 3;
    this.isSplitAtCampaign = rules.splits().atCampaign();
    this.midnight = rules.splits().atMidnight();
  }

  List<Slice> slices(VisitorState state) {
    var slices = new ArrayList<Slice>();
    List<Touch> touches = state.touches;
    int number = state.sessionsBefore();
    long previousEnd = state.endBefore();
    int from = 0;
    int weight = 0;
    for (int i = 1; i <= touches.size(); i++) {
      weight += touches.get(i - 1).weight;
      if (i < touches.size() && !isBoundary(state, from, i, weight)) {
        continue;
      }
      weight = 0;
      boolean isSilent = isSilent(touches, from, i);
      number += isSilent ? 0 : 1;
      var slice = new Slice(touches, from, i, number, previousEnd, isSilent);
      slices.add(slice);
      previousEnd = slice.lastEnd();
      from = i;
    }
    return slices;
  }

  private boolean isBoundary(VisitorState state, int from, int at, int weight) {
    Touch touch = state.touches.get(at);
    Touch before = state.touches.get(at - 1);
    long pause = touch.time - before.time;
    // Sessions split only where time moves on: two with one start would share a key.
    if (pause == 0) {
      return false;
    }
    return pause > gap
        || touch.time - state.touches.get(from).time > maxDuration
        || at - from >= maxEvents
        || weight >= maxWeight
        || (isSplitAtCampaign && isOtherCampaign(state, from, at))
        || (midnight.isPresent() && isOtherDay(before.time, touch.time, midnight.get()));
  }

  /** A click on another campaign than the session's last; an event that names none is no change. */
  private static boolean isOtherCampaign(VisitorState state, int from, int at) {
    Context now = state.contexts.get(state.touches.get(at).context);
    if (!now.hasCampaign()) {
      return false;
    }
    for (int i = at - 1; i >= from; i--) {
      Context then = state.contexts.get(state.touches.get(i).context);
      if (then.hasCampaign()) {
        return !now.hasSameCampaign(then);
      }
    }
    return true;
  }

  private static boolean isOtherDay(long before, long now, ZoneId zone) {
    return !Instant.ofEpochMilli(before)
        .atZone(zone)
        .toLocalDate()
        .equals(Instant.ofEpochMilli(now).atZone(zone).toLocalDate());
  }

  private static boolean isSilent(List<Touch> touches, int from, int to) {
    for (int i = from; i < to; i++) {
      if (touches.get(i).type != EventType.IDENTIFY.code()) {
        return false;
      }
    }
    return true;
  }
}
