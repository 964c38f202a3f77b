package io.weir.stream.gold.days;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import java.util.Arrays;

/**
 * The days on which one visitor was active: the first one, and a bitmap of the last 512 days. Says
 * which cells change when a day becomes active or stops being so. Days are counted from 1970-01-01
 * in the zone of the site.
 */
public final class ActiveDays {
  /** The days in the bitmap. A power of two: a day's bit is its number modulo this. */
  static final int WINDOW = 512;

  /**
   * A day can change until the visitor has a day that is so many days later: farther back, the
   * bitmap does not reach to the day's previous one.
   */
  public static final int REACH = WINDOW - 1 - DayCell.FARTHEST;

  private static final int NO_DAY = Integer.MIN_VALUE;

  private final long[] bits = new long[WINDOW / Long.SIZE];
  private int first = NO_DAY;

  /** The last day that was ever active, where the bitmap ends; no day if none is active. */
  private int last = NO_DAY;

  /** Takes the changes of cells. */
  @FunctionalInterface
  public interface Changes {
    /**
     * Adds visitors to a cell.
     *
     * @param difference 1 or -1
     */
    void add(DayCell cell, int difference);
  }

  /** Reads what {@link #write} wrote. */
  static ActiveDays read(ByteReader in) {
    var days = new ActiveDays();
    int active = in.varint();
    if (active == 0) {
      return days;
    }
    days.first = (int) in.signed();
    days.last = days.first + in.varint();
    int day = days.last;
    for (int i = 1; i < active; i++) {
      day -= in.varint();
      days.bits[word(day)] |= bit(day);
    }
    return days;
  }

  /** Writes the days: a few bytes for each active one. */
  void write(ByteWriter out) {
    if (isEmpty()) {
      out.varint(0);
      return;
    }
    int active = Arrays.stream(bits).mapToInt(Long::bitCount).sum();
    out.varint(active + 1);
    out.signed(first);
    out.varint(last - first);
    int before = last;
    for (int day = last; active > 0; day--) {
      if (isActive(day)) {
        out.varint(before - day);
        before = day;
        active--;
      }
    }
  }

  public boolean isEmpty() {
    return first == NO_DAY;
  }

  public boolean isActive(int day) {
    return !isEmpty() && day <= last && day > last - WINDOW && (bits[word(day)] & bit(day)) != 0;
  }

  /** Whether the day can become active, or stop being so. */
  public boolean isInReach(int day) {
    return isEmpty() || day >= last - REACH;
  }

  /** Takes note of an active day: at most three cells change, none if it was active before. */
  public void activate(int day, Changes changes) {
    checkReach(day);
    if (isActive(day)) {
      return;
    }
    int next = next(day);
    if (next != NO_DAY) {
      changes.add(cell(next), -1);
    }
    moveOn(day);
    bits[word(day)] |= bit(day);
    first = isEmpty() ? day : Math.min(first, day);
    changes.add(cell(day), 1);
    if (next != NO_DAY) {
      changes.add(cell(next), 1);
    }
  }

  /** Takes an active day back: at most three cells change, none if it was not active. */
  public void deactivate(int day, Changes changes) {
    checkReach(day);
    if (!isActive(day)) {
      return;
    }
    int next = next(day);
    changes.add(cell(day), -1);
    if (next != NO_DAY) {
      changes.add(cell(next), -1);
    }
    bits[word(day)] &= ~bit(day);
    if (first == day) {
      first = next;
      last = next == NO_DAY ? NO_DAY : last;
    }
    if (next != NO_DAY) {
      changes.add(cell(next), 1);
    }
  }

  private void checkReach(int day) {
    if (!isInReach(day)) {
      throw new IllegalArgumentException(
          "day " + day + " is more than " + REACH + " days before " + last);
    }
  }

  /** Makes a day the last one of the bitmap, if it is later. */
  private void moveOn(int day) {
    if (last == NO_DAY || day - last >= WINDOW) {
      Arrays.fill(bits, 0);
      last = day;
      return;
    }
    while (last < day) {
      last++;
      bits[word(last)] &= ~bit(last);
    }
  }

  /** The next active day; {@link #NO_DAY} if there is none. */
  private int next(int day) {
    for (int later = day + 1; later <= last; later++) {
      if (isActive(later)) {
        return later;
      }
    }
    return NO_DAY;
  }

  private DayCell cell(int day) {
    for (int days = 1; days <= DayCell.FARTHEST; days++) {
      if (isActive(day - days)) {
        return new DayCell(day, days);
      }
    }
    return new DayCell(day, first < day ? DayCell.LONG_AGO : DayCell.NEW);
  }

  private static int word(int day) {
    return Math.floorMod(day, WINDOW) / Long.SIZE;
  }

  private static long bit(int day) {
    return 1L << Math.floorMod(day, Long.SIZE);
  }
}
