package io.weir.stream.gold;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.avro.GoldCell;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cell in memory. One of 15 minutes also keeps apart what was added since the last flush, which
 * the day has yet to get.
 */
final class BookCell {
  private static final long NO_DAY = Long.MIN_VALUE;

  private final GoldKey key;
  private final Breakdown breakdown;
  private final CellSums sums;
  private final boolean isStored;
  private long version;
  private boolean isDirty;
  private @Nullable CellSums deferred;

  /** The day that gets what is deferred. */
  private long day = NO_DAY;

  /** The last period in which the cell was used, and the weight it had then. */
  private long period;

  private int weight;

  BookCell(GoldKey key, Breakdown breakdown, @Nullable GoldCell stored) {
    this.key = key;
    this.breakdown = breakdown;
    this.isStored = stored != null;
    this.sums = stored == null ? new CellSums() : CellSums.of(stored);
    this.version = stored == null ? 0 : stored.getVersion();
  }

  /** A cell without numbers. */
  static GoldCell empty(GoldKey key, int partition) {
    var cell = new GoldCell();
    cell.setSubject(key.subject().code());
    cell.setGrain(key.grain().code());
    cell.setBucketStart(key.bucketStart());
    cell.setIsBot(key.isBot());
    cell.setDimension(key.dimension().code());
    cell.setValue(key.value());
    cell.setPartition(partition);
    cell.setRevenue(Map.of());
    cell.setRefunded(Map.of());
    cell.setGoalValue(Map.of());
    return cell;
  }

  GoldKey key() {
    return key;
  }

  Breakdown breakdown() {
    return breakdown;
  }

  String value() {
    return key.value();
  }

  boolean isQuarter() {
    return key.grain() == Grain.QUARTER;
  }

  /** Whether the store had the cell when it was loaded. */
  boolean isStored() {
    return isStored;
  }

  long day() {
    return day;
  }

  void addNow(CellSums difference) {
    sums.add(difference);
  }

  /**
   * Adds to a cell of 15 minutes, and remembers it for the day.
   *
   * @return false, and nothing is added, if something waits for another day
   */
  boolean addDeferred(long ofDay, CellSums difference) {
    if (deferred == null) {
      deferred = new CellSums();
      day = ofDay;
    } else if (day != ofDay) {
      return false;
    }
    deferred.add(difference);
    return true;
  }

  /** Counts what was deferred, and returns it for the day; null for nothing. */
  @Nullable CellSums takeDeferred() {
    CellSums taken = deferred;
    if (taken != null) {
      sums.add(taken);
      deferred = null;
    }
    return taken;
  }

  /** Returns whether the cell was clean. */
  boolean markDirty() {
    boolean wasClean = !isDirty;
    isDirty = true;
    return wasClean;
  }

  /** The cell as it is to be written; it is clean then. */
  GoldCell written(int partition, long now) {
    version = Math.max(version + 1, now);
    isDirty = false;
    GoldCell cell = empty(key, partition);
    cell.setVersion(version);
    sums.fill(cell);
    return cell;
  }

  void use(long inPeriod) {
    period = inPeriod;
  }

  /** Whether the cell was used in that period or later. */
  boolean isUsedSince(long thatPeriod) {
    return period >= thatPeriod;
  }

  /** The memory that the cell takes more than when this was called last. */
  int growth() {
    int now = sums.weight() + (deferred == null ? 0 : deferred.weight());
    int growth = now - weight;
    weight = now;
    return growth;
  }

  /** The memory that the cell takes. */
  int weight() {
    return weight;
  }
}
