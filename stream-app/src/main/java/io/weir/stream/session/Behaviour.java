package io.weir.stream.session;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a visitor went about one session: how fast, how evenly, and over how many pages. */
final class Behaviour {
  private static final long MINUTE = 60_000;

  /** Pauses that deviate less from their mean, relative to it, are a clock's. */
  private static final double STEADY = 0.1;

  private int views;
  private int distinctViews;
  private int busiestMinute;
  private double pauses;
  private double squaredPauses;

  private Behaviour() {}

  static Behaviour of(Slice slice) {
    var behaviour = new Behaviour();
    behaviour.readPace(slice);
    behaviour.readViews(slice);
    return behaviour;
  }

  /** Why this was a program, null if it may have been a person. */
  @Nullable String botReason(BotRules rules) {
    if (rules.eventsPerMinute() > 0 && busiestMinute > rules.eventsPerMinute()) {
      return "rate";
    }
    if (rules.steadyViews() > 1 && views >= rules.steadyViews() && isSteady()) {
      return "rhythm";
    }
    if (rules.distinctViews() > 0 && views >= rules.distinctViews() && distinctViews == views) {
      return "pages";
    }
    return null;
  }

  private void readPace(Slice slice) {
    List<Touch> touches = slice.touches();
    int within = 0;
    int first = slice.from();
    for (int i = slice.from(); i < slice.to(); i++) {
      if (!isDeed(touches.get(i))) {
        continue;
      }
      within++;
      while (touches.get(i).time - touches.get(first).time >= MINUTE) {
        within -= isDeed(touches.get(first)) ? 1 : 0;
        first++;
      }
      busiestMinute = Math.max(busiestMinute, within);
    }
  }

  /** Impressions and pings happen by themselves. */
  private static boolean isDeed(Touch touch) {
    return touch.type != EventType.AD_IMPRESSION.code() && touch.type != EventType.PAGE_PING.code();
  }

  private void readViews(Slice slice) {
    Set<Integer> pages = new HashSet<>();
    long previous = 0;
    for (int i = slice.from(); i < slice.to(); i++) {
      Touch touch = slice.touches().get(i);
      if (touch.type != EventType.PAGE_VIEW.code() && touch.type != EventType.PRODUCT_VIEW.code()) {
        continue;
      }
      if (views > 0) {
        double pause = touch.time - previous;
        pauses += pause;
        squaredPauses += pause * pause;
      }
      previous = touch.time;
      views++;
      pages.add(touch.page);
    }
    distinctViews = pages.size();
  }

  private boolean isSteady() {
    double mean = pauses / (views - 1);
    double variance = squaredPauses / (views - 1) - mean * mean;
    return mean > 0 && variance <= STEADY * STEADY * mean * mean;
  }
}
