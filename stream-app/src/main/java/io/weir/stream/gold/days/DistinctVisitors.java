package io.weir.stream.gold.days;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
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
  private final int mostInMemory;

  /**
   * The records in memory, the least recently used first. While a partition catches up, most
   * sessions open and close between two commits.
   */
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** Those that have changed, and some that have left memory since. */
  private final List<Entry> dirty = new ArrayList<>();

  private static final class Entry {
    private final String visitor;
    private @Nullable VisitorDays days;
    private boolean isDirty;

    private Entry(String visitor, @Nullable VisitorDays stored) {
      this.visitor = visitor;
      this.days = stored;
    }
  }

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

  /**
   * @param mostInMemory the most records in memory
   */
  public DistinctVisitors(Records records, Cells cells, SiteTime siteTime, int mostInMemory) {
    this.records = records;
    this.cells = cells;
    this.siteTime = siteTime;
    this.mostInMemory = mostInMemory;
  }

  /** The number of the local day of a time. */
  public int dayOf(long time) {
    return siteTime.dayNumber(time);
  }

  /** Takes note of an event of a person, whose session is open. */
  public void seen(String visitor, int onDay) {
    Entry entry = entry(visitor);
    VisitorDays days = entry.days == null ? new VisitorDays() : entry.days;
    if (days.open(onDay, true, this::change)) {
      entry.days = days;
      note(entry, true);
    }
  }

  private void note(Entry entry, boolean hasChanged) {
    if (hasChanged && !entry.isDirty) {
      if (dirty.size() >= 2 * mostInMemory) {
        dirty.removeIf(each -> !each.isDirty);
      }
      entry.isDirty = true;
      dirty.add(entry);
    }
  }

  private Entry entry(String visitor) {
    Entry entry = entries.get(visitor);
    if (entry == null) {
      byte[] stored = records.get(visitor);
      entry = new Entry(visitor, stored == null ? null : VisitorDays.decode(stored));
      entries.put(visitor, entry);
      if (entries.size() > mostInMemory) {
        write(Objects.requireNonNull(entries.pollFirstEntry()).getValue());
      }
    }
    return entry;
  }

  private void write(Entry entry) {
    if (entry.isDirty && entry.days != null) {
      records.put(entry.visitor, entry.days.encode());
    }
    entry.isDirty = false;
  }

  /** Writes what has changed in memory. Must be called before every commit. */
  public void flush() {
    dirty.forEach(this::write);
    dirty.clear();
  }

  /** Takes note that a visitor's record is deleted. */
  public void forget(String visitor) {
    Entry entry = entries.remove(visitor);
    if (entry != null) {
      entry.isDirty = false;
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
    Entry entry = entry(visitor);
    VisitorDays days = entry.days;
    if (days == null) {
      return;
    }
    note(entry, unchangedBefore != Long.MIN_VALUE && days.settle(dayOf(unchangedBefore)));
    if (!isSameDays(before, now)) {
      note(entry, span(days, now, 1));
      note(entry, span(days, before, -1));
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
    Entry entry = entry(visitor);
    if (entry.days != null) {
      int first = time == Long.MAX_VALUE ? Integer.MAX_VALUE : dayOf(time);
      note(entry, entry.days.closeBefore(first, this::change));
    }
  }

  private void change(DayCell cell, int difference) {
    cells.add(siteTime.dayStart(cell.day()), cell.daysSince(), difference);
  }
}
