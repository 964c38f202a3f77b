package io.weir.stream.query.metrics;

import io.weir.contract.GoldKey.Grain;
import java.time.Instant;
import java.time.ZoneId;

/** Refuses queries for which there are no cells. */
final class QueryLimits {
  private QueryLimits() {}

  /**
   * Checks a query.
   *
   * @param site the zone of the days that have cells
   */
  static void check(MetricQuery query, ZoneId site, Instant now) {
    if (query.metric().isOfVisitors()) {
      checkVisitors(query, site);
    }
    for (Buckets period : query.periods()) {
      if (period.from() < QueryReader.FIRST.toEpochMilli()) {
        throw new RefusedQuery("compare=previous begins before the year 1; a later from is right");
      }
      if (period.cells(site) == Grain.QUARTER) {
        checkQuarters(period, site, now);
      }
    }
  }

  private static void checkVisitors(MetricQuery query, ZoneId site) {
    String name = query.metric().name();
    if (query.buckets().cells(site) != Grain.DAY) {
      throw new RefusedQuery(
          name
              + " is known for whole days of the site's zone "
              + site.getId()
              + ", so for grain=day, week, month or total; SQL over bi.fact_session in PostgreSQL is"
              + " the way for others");
    }
    if (query.side() != Side.EXCLUDE) {
      throw new RefusedQuery(name + " counts people; bots=exclude is right");
    }
  }

  private static void checkQuarters(Buckets period, ZoneId site, Instant now) {
    if (!period.areOnQuarters()) {
      throw new RefusedQuery(
          "from and to must be multiples of 15 minutes; %s and %s are not, or a bucket of zone %s"
                  .formatted(
                      Instant.ofEpochMilli(period.from()),
                      Instant.ofEpochMilli(period.to()),
                      period.zone().getId())
              + " does not begin on one");
    }
    Instant earliest = now.minus(Cells.QUARTERS_KEPT);
    if (Instant.ofEpochMilli(period.from()).isBefore(earliest)) {
      throw new RefusedQuery(
          "cells of 15 minutes are kept for %d days, and this range begins at %s;"
                  .formatted(Cells.QUARTERS_KEPT.toDays(), Instant.ofEpochMilli(period.from()))
              + " older numbers are known for whole days of the site's zone "
              + site.getId()
              + ", so for grain=day, week, month or total");
    }
  }
}
