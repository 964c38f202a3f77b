package io.weir.stream.gold.days;

import org.jspecify.annotations.Nullable;

/**
 * Counts distinct visitors by day without sets of them. The record of each visitor says which cells
 * change when a day becomes active, or stops being so because its sessions were a robot's.
 *
 * <p>A day is active at once with its first event, and later because a session of a person spans
 * it: every day from that of the session's start to that of its end.
 */
public final class DistinctVisitors {
  /** A day that no time has. */
  public static final int NO_DAY = Integer.MIN_VALUE;

  private final Records records;
  private final Cells cells;
  private final SiteTime siteTime;

  /** The records of visitors, as bytes. */
  public interface Records {
    byte @Nullable [] get(String visitor);

    void put(String visitor, byte[] record);
  }

  /** Takes the changes of cells. */
  public interface Cells {
    /**
     * Adds visitors to the cell of a day.
     *
     * @param dayStart epoch milliseconds
     * @param daysSince as in {@link DayCell}
     */
    void add(long dayStart, int daysSince, int visitors);
  }

  /**
   * The time that a session of a person takes.
   *
   * @param end of its last event
   */
  public record Span(long start, long end) {}

  public DistinctVisitors(Records records, Cells cells, SiteTime siteTime) {
    this.records = records;
    this.cells = cells;
    this.siteTime = siteTime;
  }

  /** The number of the local day of a time. */
  public int dayOf(long time) {
    return siteTime.dayNumber(time);
  }

  /** Takes note of an event of a person, whose session is open. */
  public void seen(String visitor, int onDay) {
    byte[] stored = records.get(visitor);
    VisitorDays days = stored == null ? new VisitorDays() : VisitorDays.decode(stored);
    if (days.open(onDay, true, this::change)) {
      records.put(visitor, days.encode());
    }
  }

  /**
   * Takes note of what changed about a visitor's session. Visitors without a record, as those who
   * refused consent, get none.
   *
   * @param before what it was for gold; null if it was none, or a robot's
   * @param now what it is
   * @param unchangedBefore no session that starts before changes any more
   */
  public void changed(
      String visitor, @Nullable Span before, @Nullable Span now, long unchangedBefore) {
    byte[] stored = records.get(visitor);
    if (stored == null) {
      return;
    }
    VisitorDays days = VisitorDays.decode(stored);
    boolean hasChanged = unchangedBefore != Long.MIN_VALUE && days.settle(dayOf(unchangedBefore));
    if (!isSameDays(before, now)) {
      hasChanged |= span(days, now, 1);
      hasChanged |= span(days, before, -1);
    }
    if (hasChanged) {
      records.put(visitor, days.encode());
    }
  }

  private boolean isSameDays(@Nullable Span before, @Nullable Span now) {
    return before != null
        && now != null
        && dayOf(before.start()) == dayOf(now.start())
        && dayOf(before.end()) == dayOf(now.end());
  }

  private boolean span(VisitorDays days, @Nullable Span span, int sessions) {
    boolean hasChanged = false;
    if (span != null) {
      int last = dayOf(span.end());
      for (int each = dayOf(span.start()); each <= last; each++) {
        hasChanged |= days.closed(each, sessions, this::change);
      }
    }
    return hasChanged;
  }

  /**
   * Takes note that all events before a time are in closed sessions.
   *
   * @param time of the first event in an open session; {@link Long#MAX_VALUE} if there is none
   */
  public void closedBefore(String visitor, long time) {
    byte[] stored = records.get(visitor);
    if (stored == null) {
      return;
    }
    VisitorDays days = VisitorDays.decode(stored);
    int first = time == Long.MAX_VALUE ? Integer.MAX_VALUE : dayOf(time);
    if (days.closeBefore(first, this::change)) {
      records.put(visitor, days.encode());
    }
  }

  private void change(DayCell cell, int difference) {
    cells.add(siteTime.dayStart(cell.day()), cell.daysSince(), difference);
  }
}
