package io.weir.stream.query.metrics;

import io.weir.contract.GoldKey.Grain;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * The buckets of a range of time, in the days of a zone. The first and the last one may be cut by
 * the range.
 */
final class Buckets {
  private final MetricGrain grain;
  private final ZoneId zone;

  /** The start of each bucket, and the end of the last one. */
  private final long[] edges;

  private Buckets(MetricGrain grain, ZoneId zone, long[] edges) {
    this.grain = grain;
    this.zone = zone;
    this.edges = edges;
  }

  /** The range from a time, inclusive, to another one, exclusive. */
  static Buckets of(MetricGrain grain, ZoneId zone, long from, long to) {
    long[] edges = new long[16];
    int count = 0;
    for (long edge = from; edge < to; edge = grain.endAfter(edge, zone)) {
      edges = count == edges.length ? Arrays.copyOf(edges, 2 * count) : edges;
      edges[count++] = edge;
    }
    edges = Arrays.copyOf(edges, count + 1);
    edges[count] = to;
    return new Buckets(grain, zone, edges);
  }

  MetricGrain grain() {
    return grain;
  }

  ZoneId zone() {
    return zone;
  }

  int count() {
    return edges.length - 1;
  }

  long start(int bucket) {
    return edges[bucket];
  }

  long end(int bucket) {
    return edges[bucket + 1];
  }

  long from() {
    return edges[0];
  }

  long to() {
    return edges[edges.length - 1];
  }

  /** The bucket that holds a time of the range. */
  int at(long time) {
    int found = Arrays.binarySearch(edges, time);
    return found >= 0 ? found : -found - 2;
  }

  /** The number of days from the bucket's first day to the day of a time. */
  long dayWithin(int bucket, long time) {
    return days(start(bucket), time);
  }

  private long days(long from, long to) {
    return ChronoUnit.DAYS.between(
        Cells.at(from, zone).toLocalDate(), Cells.at(to, zone).toLocalDate());
  }

  boolean areWholeDays() {
    return grain.isOfDays() && Cells.isMidnight(from(), zone) && Cells.isMidnight(to(), zone);
  }

  /** Whether every edge lies on a quarter of an hour: cells of 15 minutes have no other. */
  boolean areOnQuarters() {
    return Arrays.stream(edges).allMatch(Cells::isOnQuarter);
  }

  /**
   * The buckets of the range of the same length just before: each is moved by the length, so that
   * each has its counterpart. Whole days are moved by days of the zone.
   */
  Buckets previous() {
    if (areWholeDays()) {
      long days = days(from(), to());
      return moved(edge -> midnightBefore(edge, days));
    }
    long length = to() - from();
    return moved(edge -> edge - length);
  }

  private long midnightBefore(long edge, long days) {
    return Cells.at(edge, zone)
        .toLocalDate()
        .minusDays(days)
        .atStartOfDay(zone)
        .toInstant()
        .toEpochMilli();
  }

  private Buckets moved(LongUnaryOperator move) {
    return new Buckets(grain, zone, Arrays.stream(edges).map(move).toArray());
  }

  /** The grain of the cells that add up to these buckets; days are those of the site's zone. */
  Grain cells(ZoneId site) {
    return areWholeDays() && zone.getRules().equals(site.getRules()) ? Grain.DAY : Grain.QUARTER;
  }
}
