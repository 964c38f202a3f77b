package io.weir.stream.gold;

import io.weir.contract.GoldKey.Grain;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a partition that are in memory, by bucket. Where they are too many, those go that
 * were not used for the longest time, and if that does not suffice, all.
 */
final class CellMemory {
  private static final long LONG = 64;

  private final int most;
  private final Map<Bucket, Map<Breakdown, Map<String, BookCell>>> buckets = new HashMap<>();
  private int weight;

  /** The number of the period between two flushes. */
  private long period;

  /** Most differences have the place of the one before. */
  private @Nullable Place last;

  private Map<Breakdown, Map<String, BookCell>> lastQuarter = Map.of();
  private Map<Breakdown, Map<String, BookCell>> lastDay = Map.of();

  CellMemory(int most) {
    this.most = most;
  }

  private record Bucket(Grain grain, long start, boolean isBot) {}

  @Nullable BookCell quarter(Place place, Breakdown breakdown, String value) {
    find(place);
    return cell(lastQuarter, breakdown, value);
  }

  @Nullable BookCell day(Place place, Breakdown breakdown, String value) {
    find(place);
    return cell(lastDay, breakdown, value);
  }

  private void find(Place place) {
    if (!place.equals(last)) {
      last = place;
      // A bucket comes with its first cell: a history has many quarters of an hour that get none.
      lastQuarter = buckets.getOrDefault(quarter(place), Map.of());
      lastDay = buckets.getOrDefault(day(place), Map.of());
    }
  }

  private static Bucket quarter(Place place) {
    return new Bucket(Grain.QUARTER, place.quarter(), place.isBot());
  }

  private static Bucket day(Place place) {
    return new Bucket(Grain.DAY, place.day(), place.isBot());
  }

  private @Nullable BookCell cell(
      Map<Breakdown, Map<String, BookCell>> bucket, Breakdown breakdown, String value) {
    Map<String, BookCell> cells = bucket.get(breakdown);
    BookCell cell = cells == null ? null : cells.get(value);
    if (cell != null) {
      cell.use(period);
    }
    return cell;
  }

  BookCell keepQuarter(Place place, BookCell cell) {
    return keep(quarter(place), cell);
  }

  BookCell keepDay(Place place, BookCell cell) {
    return keep(day(place), cell);
  }

  private BookCell keep(Bucket bucket, BookCell cell) {
    last = null;
    cell.use(period);
    buckets
        .computeIfAbsent(bucket, _ -> new EnumMap<>(Breakdown.class))
        .computeIfAbsent(cell.breakdown(), _ -> new HashMap<>())
        .put(cell.value(), cell);
    grow(cell);
    return cell;
  }

  /** Takes note that a cell may have grown. */
  void grow(BookCell cell) {
    weight += cell.growth();
  }

  boolean isFull() {
    return weight >= most;
  }

  /** Begins a period. */
  void nextPeriod() {
    period++;
  }

  /** Drops cells, all of which must be clean: first those that were not used for long. */
  void makeRoom() {
    for (long periods = LONG; periods > 0 && weight > most / 4 * 3; periods /= 2) {
      dropUnusedSince(period - periods);
    }
    if (weight > most / 4 * 3) {
      clear();
    }
  }

  private void dropUnusedSince(long since) {
    last = null;
    Iterator<Map<Breakdown, Map<String, BookCell>>> each = buckets.values().iterator();
    while (each.hasNext()) {
      Map<Breakdown, Map<String, BookCell>> bucket = each.next();
      bucket.values().forEach(cells -> cells.values().removeIf(cell -> isDropped(cell, since)));
      bucket.values().removeIf(Map::isEmpty);
      if (bucket.isEmpty()) {
        each.remove();
      }
    }
  }

  private boolean isDropped(BookCell cell, long since) {
    boolean isDropped = !cell.isUsedSince(since);
    weight -= isDropped ? cell.weight() : 0;
    return isDropped;
  }

  boolean hasQuartersBefore(long start) {
    return buckets.keySet().stream().anyMatch(bucket -> isQuarterBefore(bucket, start));
  }

  private static boolean isQuarterBefore(Bucket bucket, long start) {
    return bucket.grain == Grain.QUARTER && bucket.start < start;
  }

  /** Drops the cells of 15 minutes that start before a time, all of which must be clean. */
  void dropQuartersBefore(long start) {
    last = null;
    buckets
        .entrySet()
        .removeIf(each -> {
          boolean isOld = isQuarterBefore(each.getKey(), start);
          if (isOld) {
            each.getValue()
                .values()
                .forEach(cells -> cells.values().forEach(cell -> weight -= cell.weight()));
          }
          return isOld;
        });
  }

  /** Drops all cells. */
  void clear() {
    buckets.clear();
    last = null;
    weight = 0;
  }
}
