package io.weir.stream.gold.days;

/**
 * The visitors of a day with the same previous active day.
 *
 * @param day since 1970-01-01, in the zone of the site
 * @param daysSince how many days before it the previous active day lies: {@link #NEW}, 1 to {@link
 *     #FARTHEST}, or {@link #LONG_AGO}
 */
public record DayCell(int day, int daysSince) {
  /** The visitor has no earlier day. */
  public static final int NEW = 0;

  /** The farthest previous day that has a cell of its own. */
  public static final int FARTHEST = 400;

  /** The visitor has earlier days, the last of them more than {@link #FARTHEST} days before. */
  public static final int LONG_AGO = FARTHEST + 1;

  public DayCell {
    if (daysSince < NEW || daysSince > LONG_AGO) {
      throw new IllegalArgumentException("no cell has a previous day " + daysSince + " days ago");
    }
  }

  /** Whether the visitors in the cell have an active day between a day and this one. */
  boolean isSeenSince(int from) {
    return daysSince != NEW && day - daysSince >= from;
  }
}
