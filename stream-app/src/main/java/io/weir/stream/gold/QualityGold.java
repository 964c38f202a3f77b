package io.weir.stream.gold;

import io.weir.stream.gold.days.SiteTime;

/** Adds what became of raw records to the book. */
public final class QualityGold {
  private final GoldBook book;
  private final SiteTime time;

  public QualityGold(GoldBook book, SiteTime time) {
    this.book = book;
    this.time = time;
  }

  /**
   * Adds records of one outcome.
   *
   * @param minute its start, in epoch milliseconds
   * @param delayMs the time that these records waited in their topic, together
   */
  public void add(long minute, String outcome, long records, long delayMs) {
    CellSums sums = new CellSums().add(Measure.EVENTS, records).add(Measure.DURATION_MS, delayMs);
    book.addToMinute(minute, Breakdown.QUALITY, outcome, sums);
    var place = new Place(false, SiteTime.quarter(minute), time.day(minute));
    book.addAs(place, Breakdown.QUALITY, outcome, sums);
  }
}
