package io.weir.stream.session.sums;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.rules.BotRules;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pace of a visitor in one session: how fast, how evenly, and over how many pages. */
public final class Behaviour {
  private static final long MINUTE = 60_000;

  /** Pauses are a clock's if their standard deviation is at most this share of their mean. */
  private static final double STEADY = 0.1;

  private int views;
  private boolean hasRepeats;
  private int busiestMinute;
  private int steps;
  private double pauses;
  private double squaredPauses;
  private long lastView = Long.MIN_VALUE;

  public static Behaviour of(List<Touch> touches) {
    var behaviour = new Behaviour();
    behaviour.read(touches);
    return behaviour;
  }

  /**
   * Adds a stretch of touches. Does not notice a busy minute that began in an earlier stretch, nor
   * a page that was seen in one.
   */
  void read(List<Touch> touches) {
    readPace(touches);
    readViews(touches);
  }

  void addAll(Behaviour later) {
    views += later.views;
    hasRepeats |= later.hasRepeats;
    busiestMinute = Math.max(busiestMinute, later.busiestMinute);
    steps += later.steps;
    pauses += later.pauses;
    squaredPauses += later.squaredPauses;
    lastView = Math.max(lastView, later.lastView);
  }

  /** The reason to take the visitor for a program; null for what may be a person. */
  public @Nullable String botReason(BotRules rules) {
    if (rules.eventsPerMinute() > 0 && busiestMinute > rules.eventsPerMinute()) {
      return "rate";
    }
    if (rules.steadyViews() > 1 && views >= rules.steadyViews() && isSteady()) {
      return "rhythm";
    }
    if (rules.distinctViews() > 0 && views >= rules.distinctViews() && !hasRepeats) {
      return "pages";
    }
    return null;
  }

  private void readPace(List<Touch> touches) {
    int within = 0;
    int first = 0;
    for (Touch touch : touches) {
      if (!isDeed(touch)) {
        continue;
      }
      within++;
      while (touch.time - touches.get(first).time >= MINUTE) {
        within -= isDeed(touches.get(first)) ? 1 : 0;
        first++;
      }
      busiestMinute = Math.max(busiestMinute, within);
    }
  }

  /** Whether the visitor did something. Impressions and pings happen by themselves. */
  private static boolean isDeed(Touch touch) {
    return touch.type != TouchType.AD_IMPRESSION.code() && touch.type != TouchType.PAGE_PING.code();
  }

  private void readViews(List<Touch> touches) {
    Set<Integer> pages = new HashSet<>();
    for (Touch touch : touches) {
      if (touch.type != TouchType.PAGE_VIEW.code() && touch.type != TouchType.PRODUCT_VIEW.code()) {
        continue;
      }
      if (views > 0 && touch.time >= lastView) {
        double pause = touch.time - lastView;
        steps++;
        pauses += pause;
        squaredPauses += pause * pause;
      }
      lastView = Math.max(lastView, touch.time);
      views++;
      hasRepeats |= !pages.add(touch.page);
    }
  }

  private boolean isSteady() {
    double mean = pauses / steps;
    double variance = squaredPauses / steps - mean * mean;
    return mean > 0 && variance <= STEADY * STEADY * mean * mean;
  }

  void write(ByteWriter out) {
    out.varint(views);
    out.varint(hasRepeats ? 1 : 0);
    out.varint(busiestMinute);
    out.varint(steps);
    out.fixed(Double.doubleToLongBits(pauses));
    out.fixed(Double.doubleToLongBits(squaredPauses));
    out.fixed(lastView);
  }

  static Behaviour read(ByteReader in) {
    var read = new Behaviour();
    read.views = in.varint();
    read.hasRepeats = in.varint() == 1;
    read.busiestMinute = in.varint();
    read.steps = in.varint();
    read.pauses = Double.longBitsToDouble(in.fixed());
    read.squaredPauses = Double.longBitsToDouble(in.fixed());
    read.lastView = in.fixed();
    return read;
  }
}
