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

  /** The record in use: what changes about a visitor comes at once, session by session. */
  private @Nullable String visitor;

  private @Nullable VisitorDays days;
  private boolean isDirty;

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
  public void seen(String ofVisitor, int onDay) {
    VisitorDays found = find(ofVisitor);
    if (found == null) {
      found = new VisitorDays();
      days = found;
    }
    isDirty |= found.open(onDay, true, this::change);
  }

  /** The visitor's record; null for none. */
  private @Nullable VisitorDays find(String ofVisitor) {
    if (!ofVisitor.equals(visitor)) {
      flush();
      byte[] stored = records.get(ofVisitor);
      visitor = ofVisitor;
      days = stored == null ? null : VisitorDays.decode(stored);
    }
    return days;
  }

  /** Writes what is in memory. Must be called before every commit. */
  public void flush() {
    if (isDirty && visitor != null && days != null) {
      records.put(visitor, days.encode());
    }
    isDirty = false;
  }

  /** Takes note that a visitor's record is deleted. */
  public void forget(String ofVisitor) {
    if (ofVisitor.equals(visitor)) {
      visitor = null;
      days = null;
      isDirty = false;
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
      String ofVisitor, @Nullable Span before, @Nullable Span now, long unchangedBefore) {
    VisitorDays found = find(ofVisitor);
    if (found == null) {
      return;
    }
    isDirty |= unchangedBefore != Long.MIN_VALUE && found.settle(dayOf(unchangedBefore));
    if (!isSameDays(before, now)) {
      isDirty |= span(found, now, 1);
      isDirty |= span(found, before, -1);
    }
  }

  private boolean isSameDays(@Nullable Span before, @Nullable Span now) {
    return before != null
        && now != null
        && dayOf(before.start()) == dayOf(now.start())
        && dayOf(before.end()) == dayOf(now.end());
  }

  private boolean span(VisitorDays found, @Nullable Span span, int sessions) {
    boolean hasChanged = false;
    if (span != null) {
      int last = dayOf(span.end());
      for (int each = dayOf(span.start()); each <= last; each++) {
        hasChanged |= found.closed(each, sessions, this::change);
      }
    }
    return hasChanged;
  }

  /**
   * Takes note that all events before a time are in closed sessions.
   *
   * @param time of the first event in an open session; {@link Long#MAX_VALUE} if there is none
   */
  public void closedBefore(String ofVisitor, long time) {
    VisitorDays found = find(ofVisitor);
    if (found != null) {
      int first = time == Long.MAX_VALUE ? Integer.MAX_VALUE : dayOf(time);
      isDirty |= found.closeBefore(first, this::change);
    }
  }

  private void change(DayCell cell, int difference) {
    cells.add(siteTime.dayStart(cell.day()), cell.daysSince(), difference);
  }
}
