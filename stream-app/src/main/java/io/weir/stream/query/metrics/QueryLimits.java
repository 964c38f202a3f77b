package io.weir.stream.query.metrics;

import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.stream.gold.GoldRules;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Refuses queries that nobody can answer, and those for which there are no cells. */
final class QueryLimits {
  /**
   * The most days of a bucket of visitors. A previous active day that lies further back than 400
   * days is known as such only, so it lies before every bucket that is not longer.
   */
  private static final int MOST_VISITOR_DAYS = 401;

  private QueryLimits() {}

  /** Refuses a range before which there is no time. */
  static void checkYears(MetricQuery query) {
    if (query.periods().getLast().from() < QueryReader.FIRST.toEpochMilli()) {
      throw new RefusedQuery("compare=previous begins before the year 1; a later from is right");
    }
  }

  /** Says why cells have no answer; empty if they have one. */
  static Optional<RefusedQuery> refusal(MetricQuery query, GoldRules rules, Instant now) {
    try {
      check(query, rules, now);
      return Optional.empty();
    } catch (RefusedQuery e) {
      return Optional.of(e);
    }
  }

  /** Refuses a query for which there are no cells. */
  static void check(MetricQuery query, GoldRules rules, Instant now) {
    ZoneId site = rules.zone();
    if (!query.isOfOneDimension()) {
      throw new RefusedQuery("cells have one dimension at a time");
    }
    if (query.metric().isOfVisitors()) {
      checkVisitors(query, site);
    }
    for (Buckets period : query.periods()) {
      if (period.cells(site) == Grain.QUARTER) {
        checkDimension(query.dimension(), rules);
        checkQuarters(period, rules, now);
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
              + ", so for grain=day, week, month or total");
    }
    Buckets buckets = query.buckets();
    for (int i = 0; i < buckets.count(); i++) {
      if (buckets.dayWithin(i, buckets.end(i)) > MOST_VISITOR_DAYS) {
        throw new RefusedQuery(
            "a bucket of %s has at most %d days; a shorter range or grain is right"
                .formatted(name, MOST_VISITOR_DAYS));
      }
    }
  }

  private static void checkDimension(Dimension dimension, GoldRules rules) {
    if (!dimension.hasQuarters()) {
      throw new RefusedQuery(
          "%s is known for whole days of the site's zone %s, so for grain=day, week, month or total"
              .formatted(dimension.code(), rules.zone().getId()));
    }
  }

  private static void checkQuarters(Buckets period, GoldRules rules, Instant now) {
    if (!period.areOnQuarters()) {
      throw new RefusedQuery(
          "from and to must be multiples of 15 minutes; %s and %s are not, or a bucket of zone %s"
                  .formatted(
                      Instant.ofEpochMilli(period.from()),
                      Instant.ofEpochMilli(period.to()),
                      period.zone().getId())
              + " does not begin on one");
    }
    Instant earliest = now.minus(rules.quarters());
    if (Instant.ofEpochMilli(period.from()).isBefore(earliest)) {
      throw new RefusedQuery(
          "cells of 15 minutes are kept for %d days, and this range begins at %s;"
                  .formatted(rules.quarters().toDays(), Instant.ofEpochMilli(period.from()))
              + " older numbers are known for whole days of the site's zone "
              + rules.zone().getId()
              + ", so for grain=day, week, month or total");
    }
  }
}
