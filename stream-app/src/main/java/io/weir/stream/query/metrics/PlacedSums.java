package io.weir.stream.query.metrics;

import io.weir.stream.gold.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up cells by period, bucket and value. */
final class PlacedSums {
  /** The group of sums that belong to no value. No goal is called so. */
  static final String TOTAL = "(total)";

  private final MetricQuery query;
  private final List<Buckets> periods;
  private final Map<Place, Sum> sums = new HashMap<>();

  /** The place of a sum: period 0 is the range, period 1 the one before. */
  record Place(int period, int bucket, String group) {
    // Those of a record are slower, and each cell of an answer is looked up.
    @Override
    public boolean equals(Object other) {
      return other instanceof Place place
          && bucket == place.bucket
          && period == place.period
          && group.equals(place.group);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * bucket + period) + group.hashCode();
    }
  }

  /** There are more sums than an answer may have. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  PlacedSums(MetricQuery query) {
    this.query = query;
    this.periods = query.periods();
  }

  /** Adds a cell, unless it has nothing to add. Cells that became zero stay in the store. */
  void add(int period, StoredCell cell) {
    Formula formula = query.metric().formula();
    if (!Sum.isAffected(formula, cell)) {
      return;
    }
    String value = cell.value();
    if (!query.counts(value)) {
      return;
    }
    Buckets buckets = periods.get(period);
    int bucket = buckets.at(cell.bucketStart());
    if (formula instanceof Formula.Visitors(Formula.VisitorKind kind)
        && !kind.counts(value, buckets.dayWithin(bucket, cell.bucketStart()))) {
      return;
    }
    at(new Place(period, bucket, query.isBrokenDown() ? value : "")).add(formula, cell);
  }

  /** Adds a number of a cell of the total. */
  void addTotal(int period, StoredCell cell, Measure of) {
    long number = cell.number(of);
    if (number != 0) {
      int bucket = periods.get(period).at(cell.bucketStart());
      at(new Place(period, bucket, TOTAL)).addBelow(number);
    }
  }

  void add(PartialSums other) {
    other.rows().forEach(this::add);
  }

  void add(PartialSums.Row row) {
    at(new Place(row.period(), row.bucket(), row.group())).add(row);
  }

  private Sum at(Place place) {
    Sum sum = sums.get(place);
    if (sum == null) {
      if (sums.size() == QueryReader.MOST) {
        throw new TooMany();
      }
      sum = new Sum();
      sums.put(place, sum);
    }
    return sum;
  }

  Map<Place, Sum> byPlace() {
    return sums;
  }

  List<PartialSums.Row> rows() {
    var rows = new ArrayList<PartialSums.Row>(sums.size());
    sums.forEach((place, sum) -> rows.add(sum.row(place.period(), place.bucket(), place.group())));
    return rows;
  }
}
