package io.weir.stream.query.metrics;

import io.weir.contract.avro.GoldCell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up cells by period, bucket and value. */
final class PlacedSums {
  private final MetricQuery query;
  private final List<Buckets> periods;
  private final Map<Place, Sum> sums = new HashMap<>();

  /** The place of a sum: period 0 is the range, period 1 the one before. */
  record Place(int period, int bucket, String group) {}

  /** There are more sums than an answer may have. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  PlacedSums(MetricQuery query) {
    this.query = query;
    this.periods = query.periods();
  }

  void add(int period, GoldCell cell) {
    if (!query.counts(cell.getValue())) {
      return;
    }
    Buckets buckets = periods.get(period);
    int bucket = buckets.at(cell.getBucketStart());
    Formula formula = query.metric().formula();
    if (formula instanceof Formula.Visitors(Formula.VisitorKind kind)
        && !kind.counts(cell.getValue(), buckets.dayWithin(bucket, cell.getBucketStart()))) {
      return;
    }
    if (Sum.isAffected(formula, cell)) {
      String group = query.isBrokenDown() ? cell.getValue() : "";
      at(new Place(period, bucket, group)).add(formula, cell);
    }
  }

  void add(PlacedSums other) {
    other.sums.forEach((place, sum) -> at(place).add(sum));
  }

  void add(PartialSums other) {
    for (PartialSums.Row row : other.rows()) {
      at(new Place(row.period(), row.bucket(), row.group())).add(row);
    }
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
