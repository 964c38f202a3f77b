package io.weir.stream.gold.days;

import java.util.HashMap;
import java.util.Map;

/** The active visitors of days by previous active day: the sum of what the visitors said. */
public final class DayCells implements ActiveDays.Changes {
  private final Map<DayCell, Long> visitors = new HashMap<>();

  @Override
  public void add(DayCell cell, int difference) {
    long sum = visitors.getOrDefault(cell, 0L) + difference;
    if (sum == 0) {
      visitors.remove(cell);
    } else {
      visitors.put(cell, sum);
    }
  }

  /**
   * The distinct visitors of some days: each counts on the first of these days on which he or she
   * was active.
   *
   * @param from first day
   * @param to last day, at most {@link DayCell#FARTHEST} days later
   */
  public long visitors(int from, int to) {
    if (to - from > DayCell.FARTHEST) {
      throw new IllegalArgumentException(
          "visitors are known for at most "
              + DayCell.LONG_AGO
              + " days, not from "
              + from
              + " to "
              + to);
    }
    long sum = 0;
    for (Map.Entry<DayCell, Long> each : visitors.entrySet()) {
      DayCell cell = each.getKey();
      if (cell.day() >= from && cell.day() <= to && !cell.isSeenSince(from)) {
        sum += each.getValue();
      }
    }
    return sum;
  }

  /** The visitors whose first day ever is one of some days; any number of days. */
  public long newVisitors(int from, int to) {
    long sum = 0;
    for (Map.Entry<DayCell, Long> each : visitors.entrySet()) {
      DayCell cell = each.getKey();
      if (cell.day() >= from && cell.day() <= to && cell.daysSince() == DayCell.NEW) {
        sum += each.getValue();
      }
    }
    return sum;
  }
}
