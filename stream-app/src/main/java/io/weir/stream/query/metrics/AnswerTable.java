package io.weir.stream.query.metrics;

import io.weir.stream.query.metrics.GroupMetrics.Coverage;
import io.weir.stream.query.metrics.MetricAnswer.Row;
import io.weir.stream.query.metrics.PlacedSums.Place;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the rows of an answer from the sums of all partitions. */
final class AnswerTable {
  static final String REST = "(rest)";

  private static final Sum NOTHING = new Sum();

  private final MetricQuery query;
  private final Coverage coverage;
  private final Formula formula;
  private final List<String> currencies;
  private final List<String> groups;
  private final Map<Place, Sum> sums;

  AnswerTable(MetricQuery query, PlacedSums found, Coverage coverage) {
    this.query = query;
    this.coverage = coverage;
    this.formula = query.metric().formula();
    var ofValues = new HashMap<>(found.byPlace());
    if (query.ofTotal() != null) {
      ofValues.keySet().removeIf(AnswerTable::isTotal);
    }
    this.currencies = currencies(ofValues);
    List<String> ranked = query.isBrokenDown() ? ranked(ofValues) : List.of("");
    this.groups = ranked.size() > query.top() ? named(ranked) : ranked;
    this.sums = grouped(ofValues);
    if (query.ofTotal() != null) {
      found.byPlace().forEach(this::useTotal);
    }
  }

  private static boolean isTotal(Place place) {
    return place.group().equals(PlacedSums.TOTAL);
  }

  /** Puts the lower sum of the total below each value. */
  private void useTotal(Place place, Sum total) {
    if (isTotal(place)) {
      for (String group : groups) {
        sums.computeIfAbsent(new Place(place.period(), place.bucket(), group), _ -> new Sum())
            .useBelow(total);
      }
    }
  }

  static RefusedQuery tooMany() {
    return new RefusedQuery(
        "the answer would have more than %,d pairs of bucket and value;".formatted(QueryReader.MOST)
            + " a longer grain, a shorter range, a smaller top or a filter is right");
  }

  /** The currencies; the one that most sums have comes first, and its amounts order the values. */
  private static List<String> currencies(Map<Place, Sum> sums) {
    var uses = new TreeMap<String, Integer>();
    for (Sum sum : sums.values()) {
      sum.money().keySet().forEach(currency -> uses.merge(currency, 1, Integer::sum));
    }
    Comparator<Map.Entry<String, Integer>> byUse = Map.Entry.comparingByValue();
    return uses.entrySet().stream().sorted(byUse.reversed()).map(Map.Entry::getKey).toList();
  }

  /** The values of the breakdown, the largest of the range first. */
  private List<String> ranked(Map<Place, Sum> found) {
    var totals = new HashMap<String, Sum>();
    found.forEach((place, sum) -> {
      Sum total = totals.computeIfAbsent(place.group(), _ -> new Sum());
      if (place.period() == 0) {
        total.add(sum);
      }
    });
    String currency = currencies.isEmpty() ? null : currencies.getFirst();
    Comparator<String> bySize =
        Comparator.comparing(group -> totals.getOrDefault(group, NOTHING).size(formula, currency));
    var ranked = new ArrayList<>(totals.keySet());
    ranked.sort(bySize.reversed().thenComparing(Comparator.naturalOrder()));
    return ranked;
  }

  /** The values that are named, and the rest. A value that is called so is part of the rest. */
  private List<String> named(List<String> ranked) {
    var named = new ArrayList<String>();
    for (String group : ranked) {
      if (named.size() < query.top() && !group.equals(REST)) {
        named.add(group);
      }
    }
    named.add(REST);
    return named;
  }

  private Map<Place, Sum> grouped(Map<Place, Sum> found) {
    Set<String> known = new HashSet<>(groups);
    var grouped = new HashMap<Place, Sum>();
    found.forEach((place, sum) -> {
      String group = known.contains(place.group()) ? place.group() : REST;
      grouped
          .computeIfAbsent(new Place(place.period(), place.bucket(), group), _ -> new Sum())
          .add(sum);
    });
    return grouped;
  }

  /**
   * The answer.
   *
   * @param source of the sums
   */
  MetricAnswer answer(String source) {
    Buckets buckets = query.buckets();
    Buckets previous = query.isCompared() ? buckets.previous() : null;
    Long settled = coverage.settledUntil();
    List<String> filters = query.filters().stream().map(MetricQuery.Filter::text).toList();
    return new MetricAnswer(
        MetricAnswer.Definition.of(query.metric()),
        time(buckets.from()),
        time(buckets.to()),
        buckets.zone().getId(),
        buckets.grain().word(),
        query.isBrokenDown() ? query.by().code() : null,
        filters.size() == 1 ? filters.getFirst() : null,
        filters,
        query.side().word(),
        previous == null ? null : time(previous.from()),
        previous == null ? null : time(previous.to()),
        settled == null || !query.metric().canBeFinal() ? null : time(settled),
        source,
        coverage.isComplete(),
        coverage.missing(),
        coverage.missingPartitions(),
        rows());
  }

  /** The currencies of an amount; a metric that is no amount has one column without a name. */
  private List<@Nullable String> columns() {
    var columns = new ArrayList<@Nullable String>();
    if (query.metric().isMoney()) {
      columns.addAll(currencies);
    } else {
      columns.add(null);
    }
    return columns;
  }

  private List<Row> rows() {
    List<@Nullable String> columns = columns();
    if ((long) query.buckets().count() * groups.size() * columns.size() > QueryReader.MOST) {
      throw tooMany();
    }
    var rows = new ArrayList<Row>();
    for (int bucket = 0; bucket < query.buckets().count(); bucket++) {
      Span span = span(bucket);
      for (String group : groups) {
        for (String currency : columns) {
          rows.add(row(span, group, currency));
        }
      }
    }
    return rows;
  }

  /** A bucket as the answer shows it. */
  private record Span(int bucket, String start, String end, boolean isFinal) {}

  private Span span(int bucket) {
    long end = query.buckets().end(bucket);
    Long settled = coverage.settledUntil();
    boolean isFinal =
        coverage.isComplete() && query.metric().canBeFinal() && settled != null && end <= settled;
    return new Span(bucket, time(query.buckets().start(bucket)), time(end), isFinal);
  }

  private Row row(Span span, String group, @Nullable String currency) {
    return new Row(
        span.start(),
        span.end(),
        span.isFinal(),
        query.isBrokenDown() ? group : null,
        currency,
        at(0, span.bucket(), group).value(formula, currency),
        query.isCompared() ? at(1, span.bucket(), group).value(formula, currency) : null);
  }

  private Sum at(int period, int bucket, String group) {
    return sums.getOrDefault(new Place(period, bucket, group), NOTHING);
  }

  private String time(long millis) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(Cells.at(millis, query.buckets().zone()));
  }
}
