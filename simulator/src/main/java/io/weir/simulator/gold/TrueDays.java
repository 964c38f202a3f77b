package io.weir.simulator.gold;

import io.weir.simulator.visit.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/** The days on which visitors were there. */
final class TrueDays {
  private static final String RETENTION = "cohort_visitors visitors retention_rate";

  /** By visitor: the days that a closed session of people spans. */
  private final Map<String, SortedSet<Long>> closed = new TreeMap<>();

  /** The same, and those of events in open sessions. */
  private final Map<String, SortedSet<Long>> all = new TreeMap<>();

  TrueDays(Histories histories, List<Deed> open) {
    for (GoldSession session : histories.people()) {
      String visitor = session.person().visitor();
      for (long day = Days.of(session.start()); day <= Days.of(session.end()); day++) {
        days(closed, visitor).add(day);
        days(all, visitor).add(day);
      }
    }
    open.forEach(deed -> days(all, deed.person().visitor()).add(Days.of(deed.time())));
  }

  private static SortedSet<Long> days(Map<String, SortedSet<Long>> of, String visitor) {
    return of.computeIfAbsent(visitor, _ -> new TreeSet<>());
  }

  List<Table> tables() {
    return List.of(
        visitors(),
        lifeCycle(),
        visitorDays(),
        retention("daily", "day", 30, day -> day),
        retention("weekly", "week", 52, Days::week));
  }

  /** By day: the visitors by the days since they were there before; 0 is never. */
  private Map<Long, Map<Long, Long>> byPrevious() {
    var counts = new TreeMap<Long, Map<Long, Long>>();
    for (SortedSet<Long> days : all.values()) {
      Long previous = null;
      for (Long day : days) {
        long since = previous == null ? 0 : day - previous;
        counts.computeIfAbsent(day, _ -> new TreeMap<>()).merge(since, 1L, Long::sum);
        previous = day;
      }
    }
    return counts;
  }

  private Table visitors() {
    var table =
        new Table("gold.visitors_daily", "bucket_start is_bot dimension value", "day visitors");
    byPrevious()
        .forEach((day, counts) ->
            counts.forEach((since, count) ->
                table
                    .row()
                    .number(day * Days.DAY)
                    .flag(false)
                    .text("previous_day")
                    .text(since == 0 ? "" : Long.toString(since))
                    .day(day)
                    .number(count)));
    return table;
  }

  private Table lifeCycle() {
    var table =
        new Table(
            "gold.life_cycle_daily",
            "day",
            "visitors new_visitors retained returning_visitors lost");
    var days = new TreeMap<>(byPrevious());
    long before = 0;
    for (long day = days.firstKey(); day <= days.lastKey(); day++) {
      Map<Long, Long> counts = days.getOrDefault(day, Map.of());
      long of = counts.values().stream().mapToLong(Long::longValue).sum();
      long fresh = counts.getOrDefault(0L, 0L);
      long retained = counts.getOrDefault(1L, 0L);
      table
          .row()
          .day(day)
          .number(of)
          .number(fresh)
          .number(retained)
          .number(of - fresh - retained)
          .number(before - retained);
      before = of;
    }
    return table;
  }

  private Table visitorDays() {
    var table = new Table("gold.visitor_days", "visitor_id day", "cohort_day previous_day");
    closed.forEach((visitor, days) -> {
      Long previous = null;
      for (Long day : days) {
        Table.Row row = table.row().text(visitor).day(day).day(days.getFirst());
        row.text(previous == null ? null : Days.text(previous));
        previous = day;
      }
    });
    return table;
  }

  private Table retention(String name, String unit, int most, LongUnaryOperator bucket) {
    var table =
        new Table("gold.retention_" + name, "cohort_" + unit + ' ' + unit + "_number", RETENTION);
    var cohorts = new TreeMap<Long, Map<Long, Long>>();
    long last = Long.MIN_VALUE;
    for (SortedSet<Long> days : closed.values()) {
      List<Long> buckets =
          new ArrayList<>(days.stream().map(day -> bucket.applyAsLong(day)).distinct().toList());
      last = Math.max(last, buckets.getLast());
      Map<Long, Long> cohort = cohorts.computeIfAbsent(buckets.getFirst(), _ -> new TreeMap<>());
      buckets.forEach(each -> cohort.merge(each, 1L, Long::sum));
    }
    long length = unit.equals("week") ? 7 : 1;
    for (Map.Entry<Long, Map<Long, Long>> cohort : cohorts.entrySet()) {
      long first = cohort.getKey();
      long size = Objects.requireNonNull(cohort.getValue().get(first));
      for (long number = 0; number <= most && first + number * length <= last; number++) {
        long active = cohort.getValue().getOrDefault(first + number * length, 0L);
        table.row().day(first).number(number).number(size).number(active).rate(active, size);
      }
    }
    return table;
  }
}
