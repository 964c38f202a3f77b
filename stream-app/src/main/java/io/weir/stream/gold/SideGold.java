package io.weir.stream.gold;

import io.weir.stream.gold.days.SiteTime;
import io.weir.stream.session.text.Dictionary;
import io.weir.stream.session.touch.Touch;

/** Moves what events have added from people to robots, or back. */
public final class SideGold {
  private final GoldBook book;
  private final SiteTime time;

  public SideGold(GoldBook book, SiteTime time) {
    this.book = book;
    this.time = time;
  }

  /**
   * Moves an event to robots, or to people. One whose own agent is a robot's stays.
   *
   * @param isWhole whether a purchase counts as such here, and not by its order
   */
  public void move(Touch touch, Dictionary texts, boolean isWhole, boolean isToRobots) {
    var facts = new TouchFacts(touch, texts, isWhole);
    if (!facts.isMovable()) {
      return;
    }
    long quarter = SiteTime.quarter(touch.time);
    long day = time.day(touch.time);
    var from = new Place(!isToRobots, quarter, day);
    var to = new Place(isToRobots, quarter, day);
    facts.addTo((breakdown, value, sums) -> {
      add(from, breakdown, value, sums.negated());
      add(to, breakdown, value, sums);
    });
  }

  /**
   * Keeps what an event has added that is to be folded.
   *
   * @param isRobots where it counts, if its own agent is not a robot's
   */
  public void fold(
      FoldedFacts into, Touch touch, Dictionary texts, boolean isWhole, boolean isRobots) {
    var facts = new TouchFacts(touch, texts, isWhole);
    if (facts.isMovable()) {
      facts.addTo((breakdown, value, sums) ->
          into.add(
              new FoldedFacts.Cell(isRobots, breakdown, bucket(breakdown, touch.time), value),
              sums));
    }
  }

  /** A time that lies in the event's day, and in its 15 minutes if the breakdown has them. */
  private long bucket(Breakdown breakdown, long at) {
    long day = time.day(at);
    return breakdown.dimension().hasQuarters() ? Math.max(day, SiteTime.quarter(at)) : day;
  }

  /** Moves folded events that are not there yet to robots, or to people. */
  public FoldedFacts move(FoldedFacts facts, boolean isToRobots) {
    facts
        .cells()
        .forEach((cell, sums) -> {
          if (cell.isBot() != isToRobots) {
            long quarter = SiteTime.quarter(cell.bucket());
            long day = time.day(cell.bucket());
            add(
                new Place(cell.isBot(), quarter, day),
                cell.breakdown(),
                cell.value(),
                sums.negated());
            add(new Place(isToRobots, quarter, day), cell.breakdown(), cell.value(), sums);
          }
        });
    return facts.onSide(isToRobots);
  }

  private void add(Place place, Breakdown breakdown, String value, CellSums difference) {
    if (breakdown == Breakdown.EVENTS) {
      book.addAs(place, breakdown, value, difference);
    } else {
      book.add(place, breakdown, value, difference);
    }
  }
}
