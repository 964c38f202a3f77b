package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.tools.reconcile.Sides.Moment;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares silver with gold. Both sides move, and one is ahead of the other, so a cell that differs
 * is looked at again until it is equal, until it has stood still long enough, or until the time is
 * over.
 */
final class GoldComparison {
  private final Sides sides;
  private final Clock clock;
  private final Pace pace;
  private final SortedMap<CellKey, OpenCell> open = new TreeMap<>();
  private long cells;
  private BigDecimal sessions = BigDecimal.ZERO;
  private boolean isCut;

  /**
   * The pace of the looks.
   *
   * @param patience how long cells that differ are looked at
   * @param still how long a cell must stand still on both sides to be a difference
   * @param pause waits between two looks
   * @param mostOpen the number of cells that differ at which the comparison stops
   */
  record Pace(Duration patience, Duration still, Runnable pause, int mostOpen) {}

  /**
   * The result of a comparison.
   *
   * @param cells the number of compared cells
   * @param sessions the number of sessions in them
   * @param differences cells that differ and stood still
   * @param moving cells that differed at the last look and did not stand still
   * @param isCut whether too many cells differed to compare all
   */
  record Result(
      long cells,
      BigDecimal sessions,
      List<OpenCell> differences,
      List<OpenCell> moving,
      boolean isCut,
      Moment moment) {

    /** Whether each cell was found to be equal or different. */
    boolean isDecided() {
      return moving.isEmpty() && !isCut;
    }
  }

  GoldComparison(Sides sides, Clock clock, Pace pace) {
    this.sides = sides;
    this.clock = clock;
    this.pace = pace;
  }

  Result run(Map<CellGroup, BucketRange> ranges) throws SQLException {
    Moment moment = lookAtAll(ranges);
    // The looks may take longer than the patience, and one of them must find what stood still.
    Instant first = clock.instant();
    Instant deadline = first.plus(pace.patience());
    Instant begin = first;
    while (!isDecided()
        && (clock.instant().isBefore(deadline) || begin.isBefore(first.plus(mostStill())))) {
      pace.pause().run();
      begin = clock.instant();
      moment = open.isEmpty() ? lookAtAll(ranges) : lookAgain();
    }
    var differences = new ArrayList<OpenCell>();
    var moving = new ArrayList<OpenCell>();
    open.values()
        .forEach(cell -> (cell.hasStoodStill(pace.still()) ? differences : moving).add(cell));
    return new Result(cells, sessions, differences, moving, isCut, moment);
  }

  /** No longer than the patience, which may be less than a cell would need. */
  private Duration mostStill() {
    return pace.still().compareTo(pace.patience()) < 0 ? pace.still() : pace.patience();
  }

  /** Also false after a cut comparison whose cells became equal: the rest is not compared yet. */
  private boolean isDecided() {
    return open.isEmpty()
        ? !isCut
        : open.values().stream().allMatch(cell -> cell.hasStoodStill(pace.still()));
  }

  private Moment lookAtAll(Map<CellGroup, BucketRange> ranges) throws SQLException {
    cells = 0;
    sessions = BigDecimal.ZERO;
    isCut = false;
    return sides.look(ranges, this::compare);
  }

  private void compare(CellKey key, Map<String, BigDecimal> silver, Map<String, BigDecimal> gold) {
    isCut |= open.size() == pace.mostOpen();
    if (isCut) {
      return;
    }
    cells++;
    if (key.subject() == Subject.SESSIONS
        && key.grain() == Grain.DAY
        && key.dimension().isEmpty()) {
      sessions = sessions.add(silver.getOrDefault(SessionCell.SESSIONS, BigDecimal.ZERO));
    }
    if (!silver.equals(gold)) {
      open.put(key, found(key, silver, gold));
    }
  }

  private OpenCell found(
      CellKey key, Map<String, BigDecimal> silver, Map<String, BigDecimal> gold) {
    Instant now = clock.instant();
    return new OpenCell(key, silver, gold, now, now);
  }

  private Moment lookAgain() throws SQLException {
    Instant begin = clock.instant();
    var still = new ArrayList<OpenCell>();
    Moment moment =
        sides.look(
            rangesOfOpen(),
            (key, silver, gold) -> {
              OpenCell before = open.get(key);
              if (!silver.equals(gold) && (before != null || key.isFolded())) {
                OpenCell now = found(key, silver, gold);
                still.add(
                    before != null && before.hasSameFigures(now) ? before.seenAt(begin) : now);
              }
            });
    open.clear();
    still.forEach(each -> open.put(each.key(), each));
    return moment;
  }

  private Map<CellGroup, BucketRange> rangesOfOpen() {
    var ranges = new TreeMap<CellGroup, BucketRange>();
    for (CellKey key : open.keySet()) {
      Instant start = Instant.ofEpochMilli(key.bucketMs());
      var own = new BucketRange(start, start.plusMillis(1));
      ranges.merge(key.group(), own, BucketRange::and);
    }
    return ranges;
  }
}
