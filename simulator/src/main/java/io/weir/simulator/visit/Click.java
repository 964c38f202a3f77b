package io.weir.simulator.visit;

import org.jspecify.annotations.Nullable;

/** One event on its way into bytes, filled in place again and again. */
public final class Click {
  long time;
  long idHigh;
  long idLow;
  EventType type = EventType.PAGE_VIEW;
  @Nullable Visit visit;

  /** The page the visitor is on and the one before; -1 is none. */
  long page;

  long referrer;
  boolean landing;
  boolean withUser;
  boolean shorthand;

  /** An ad, a scroll depth, a number of results: what the type needs. */
  int detail;

  final Cart products = new Cart();

  /** When it happened, as a correct pipeline will see it. */
  public long time() {
    return time;
  }

  public EventType type() {
    return type;
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

  /** The event ties the visitor's anonymous id to the user id. */
  public boolean binds() {
    return type == EventType.IDENTIFY && visitor().anonymousJson().length > 0;
  }
}
