package io.weir.simulator.visit;

import org.jspecify.annotations.Nullable;

/** One event before it is written, reused for each event. */
public final class Click {
  long time;
  long idHigh;
  long idLow;

  public static final long NEVER = Long.MIN_VALUE;

  /** The places for ads on a page. */
  private static final int SLOTS = 3;

  EventType type = EventType.PAGE_VIEW;
  @Nullable Visit visit;

  /** The current page and the one before; -1 is none. */
  long page;

  long referrer;
  boolean landing;
  boolean withUser;
  boolean shorthand;

  /** The order of a purchase or a refund. */
  long order;

  /** The time of the purchase that this one repeats; {@link #NEVER} if it is the first. */
  long repeats = NEVER;

  /** The number that the type needs: an ad, a scroll depth, a number of results. */
  int detail;

  final Cart products = new Cart();

  /** The time of the event, as a correct pipeline sees it. */
  public long time() {
    return time;
  }

  public EventType type() {
    return type;
  }

  /** The ad that an impression or a click names. */
  public int ad() {
    return ad(detail);
  }

  static int ad(int place) {
    return place / SLOTS;
  }

  /** The place of the ad on the page, from 1 on. */
  int slot() {
    return slot(detail);
  }

  static int slot(int place) {
    return place % SLOTS + 1;
  }

  /** The time of the purchase that this one repeats; {@link #NEVER} if it repeats none. */
  public long repeats() {
    return repeats;
  }

  public Visitor visitor() {
    return visit().visitor();
  }

  Visit visit() {
    if (visit == null) {
      throw new IllegalStateException("nothing was clicked yet");
    }
    return visit;
  }

  public long idHigh() {
    return idHigh;
  }

  public long idLow() {
    return idLow;
  }

  /** Whether the event ties the visitor's anonymous id to the user id. */
  public boolean binds() {
    return type == EventType.IDENTIFY && visitor().anonymousJson().length > 0;
  }
}
