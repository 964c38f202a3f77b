package io.weir.stream.query.metrics;

import io.weir.contract.GoldKey.Dimension;
import io.weir.stream.query.metrics.MetricQuery.Filter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the parameters of a query and refuses what cannot be meant. */
final class QueryReader {
  static final String PREVIOUS = "previous";
  static final int MOST_VALUES = 1000;

  /** The most buckets, and the most pairs of bucket and value, of an answer. */
  static final int MOST = 100_000;

  /** The first time that has a key, and the last one that can be written. */
  static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");
  private static final int USUAL_DAYS = 28;
  private static final int USUAL_VALUES = 50;
  private static final int LONGEST_ZONE = 64;

  private final MetricDefinition metric;
  private final MetricRequest request;
  private final ZoneId zone;

  private QueryReader(MetricDefinition metric, MetricRequest request, ZoneId site) {
    this.metric = metric;
    this.request = request;
    this.zone = request.zone() == null ? site : zone(request.zone());
  }

  /**
   * Reads a query.
   *
   * @param site the zone where none is given
   */
  static MetricQuery read(
      MetricDefinition metric, MetricRequest request, ZoneId site, Instant now) {
    var reader = new QueryReader(metric, request, site);
    List<Filter> filters =
        FilterReader.read(request.filters(), name -> reader.dimension("filter", name));
    Dimension by = request.by() == null ? Dimension.ALL : reader.dimension("by", request.by());
    MetricDefinition counted = metric.by(by);
    for (Filter filter : filters) {
      counted = counted.by(filter.dimension());
    }
    return new MetricQuery(
        counted,
        reader.buckets(now),
        by,
        filters,
        reader.side(),
        reader.isCompared(),
        reader.top());
  }

  private static ZoneId zone(String text) {
    try {
      if (text.length() <= LONGEST_ZONE) {
        return ZoneId.of(text);
      }
    } catch (DateTimeException e) {
      throw badZone(text);
    }
    throw badZone(text);
  }

  private static RefusedQuery badZone(String text) {
    return RefusedQuery.of("zone", text, "is no time zone such as Europe/Berlin or UTC");
  }

  private Buckets buckets(Instant now) {
    long to = request.to() == null ? endOfToday(now) : time("to", request.to(), 1);
    long from = request.from() == null ? usualFrom(to) : time("from", request.from(), 0);
    if (from >= to) {
      throw new RefusedQuery(
          "from is not before to: %s and %s"
              .formatted(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)));
    }
    MetricGrain grain = grain(to - from);
    if ((to - from) / grain.usualMillis() > MOST) {
      throw new RefusedQuery(
          "grain=%s gives more than %,d buckets from %s to %s; a longer grain or a shorter range"
                  .formatted(
                      grain.word(), MOST, Instant.ofEpochMilli(from), Instant.ofEpochMilli(to))
              + " is right");
    }
    return Buckets.of(grain, zone, from, to);
  }

  private long endOfToday(Instant now) {
    return midnight(now.atZone(zone).toLocalDate().plusDays(1));
  }

  private long usualFrom(long to) {
    return midnight(Cells.at(to - 1, zone).toLocalDate().minusDays(USUAL_DAYS - 1));
  }

  private long midnight(LocalDate date) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /** Reads a time, or a date in the zone, which is a day later for the end of a range. */
  private long time(String parameter, String text, int daysLater) {
    try {
      Instant time =
          text.indexOf('T') < 0
              ? LocalDate.parse(text).plusDays(daysLater).atStartOfDay(zone).toInstant()
              : Instant.parse(text);
      if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
        return time.toEpochMilli();
      }
    } catch (DateTimeException e) {
      throw badTime(parameter, text);
    }
    throw badTime(parameter, text);
  }

  private static RefusedQuery badTime(String parameter, String text) {
    return RefusedQuery.of(
        parameter,
        text,
        "is neither a date such as 2026-03-01 nor a time such as 2026-03-01T12:00:00Z");
  }

  private MetricGrain grain(long millis) {
    String grain = request.grain();
    if (grain == null) {
      return metric.isOfVisitors() ? MetricGrain.DAY : MetricGrain.usualFor(millis);
    }
    String known =
        Arrays.stream(MetricGrain.values())
            .map(MetricGrain::word)
            .collect(Collectors.joining(", "));
    return MetricGrain.of(grain)
        .orElseThrow(() -> RefusedQuery.of("grain", grain, "is none of " + known));
  }

  private Dimension dimension(String parameter, String name) {
    return metric.dimensions().stream()
        .filter(each -> each.code().equals(name))
        .findFirst()
        .orElseThrow(() -> RefusedQuery.of(parameter, name, badDimension()));
  }

  private String badDimension() {
    return metric.dimensions().isEmpty()
        ? "is not known: " + metric.name() + " is not broken down"
        : "is none of " + String.join(", ", metric.dimensionNames());
  }

  private Side side() {
    String text = request.bots();
    if (text == null) {
      return Side.EXCLUDE;
    }
    Side side =
        Side.of(text)
            .orElseThrow(() -> RefusedQuery.of("bots", text, "is none of exclude, only, include"));
    if (metric.isOfVisitors() && side != Side.EXCLUDE) {
      throw new RefusedQuery(metric.name() + " counts people; bots=exclude is right");
    }
    return side;
  }

  private boolean isCompared() {
    String text = request.compare();
    if (text != null && !text.equals(PREVIOUS)) {
      throw RefusedQuery.of("compare", text, "is not " + PREVIOUS);
    }
    return text != null;
  }

  private int top() {
    String text = request.top();
    if (text == null) {
      return USUAL_VALUES;
    }
    try {
      int top = Integer.parseInt(text);
      if (top >= 1 && top <= MOST_VALUES) {
        return top;
      }
    } catch (NumberFormatException e) {
      throw badTop(text);
    }
    throw badTop(text);
  }

  private static RefusedQuery badTop(String text) {
    return RefusedQuery.of("top", text, "is not a whole number from 1 to " + MOST_VALUES);
  }
}
