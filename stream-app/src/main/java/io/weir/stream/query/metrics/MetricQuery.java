package io.weir.stream.query.metrics;

import io.weir.contract.GoldKey.Dimension;
import io.weir.stream.gold.Measure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that can be answered.
 *
 * @param by the property that breaks the metric down; the total where it is not broken down
 * @param filters the values of properties that count, or do not, each of another property; all must
 *     hold
 * @param isCompared whether the range just before is asked for, too
 * @param top the values of a breakdown that are named; the others are summed
 */
record MetricQuery(
    MetricDefinition metric,
    Buckets buckets,
    Dimension by,
    List<Filter> filters,
    Side side,
    boolean isCompared,
    int top) {

  MetricQuery {
    filters = List.copyOf(filters);
  }

  /**
   * One value of a property.
   *
   * @param isNot whether all other values count, and not this one
   */
  record Filter(Dimension dimension, String value, boolean isNot) {
    /** What ends the name of the property where the value is the one that does not count. */
    static final String NOT = "!";

    String text() {
      return dimension.code() + (isNot ? NOT : "") + ":" + value;
    }
  }

  /** The only filter, or the first one; null for none. */
  @Nullable Filter filter() {
    return filters.isEmpty() ? null : filters.getFirst();
  }

  /** Whether cells have these sums: a cell knows one dimension, and that of visitors is the day. */
  boolean isOfOneDimension() {
    Filter filter = filter();
    if (metric.isOfVisitors()) {
      return filter == null && !isBrokenDown();
    }
    if (filter != null && filter.isNot()) {
      return false;
    }
    return filter == null || (filters.size() == 1 && (!isBrokenDown() || by == filter.dimension()));
  }

  boolean isBrokenDown() {
    return by != Dimension.ALL;
  }

  /** The dimension of the cells to read. */
  Dimension dimension() {
    if (metric.isOfVisitors()) {
      return Dimension.PREVIOUS_DAY;
    }
    Filter filter = filter();
    return filter == null ? by : filter.dimension();
  }

  /** The measure that must be read from the cells of the total, too; null for none. */
  @Nullable Measure ofTotal() {
    return metric.formula() instanceof Formula.Share share && dimension() == Dimension.GOAL
        ? share.below()
        : null;
  }

  boolean counts(String value) {
    return filters.stream().allMatch(filter -> filter.value().equals(value));
  }

  /** The ranges to read: the range itself, and the one before if the query compares with it. */
  List<Buckets> periods() {
    return isCompared ? List.of(buckets, buckets.previous()) : List.of(buckets);
  }

  /** The same query, with no parameter left to a default. */
  MetricRequest explicit() {
    return new MetricRequest(
        Instant.ofEpochMilli(buckets.from()).toString(),
        Instant.ofEpochMilli(buckets.to()).toString(),
        buckets.grain().word(),
        buckets.zone().getId(),
        isBrokenDown() ? by.code() : null,
        filters.stream().map(Filter::text).toList(),
        side.word(),
        isCompared ? QueryReader.PREVIOUS : null,
        null);
  }
}
