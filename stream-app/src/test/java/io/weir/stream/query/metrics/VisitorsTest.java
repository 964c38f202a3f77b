package io.weir.stream.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.stream.gold.GoldRules;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Visitors from cells, held against sets of visitors. The days cross a change of clocks. */
class VisitorsTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
  private static final int DAYS = 60;
  private static final int PARTITIONS = 3;

  private final Map<Integer, TreeSet<Integer>> daysByVisitor = new TreeMap<>();
  private final MemoryCells cells = MemoryCells.of(0, 1, 2);
  private final MetricSources metrics =
      PeerAnswers.sources(cells, PARTITIONS, GoldRules.of(ZONE, GoldRules.USUAL_QUARTERS));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyRange_hasTheVisitorsOfTheSets(int seed) {
    live(new Random(seed));

    for (int from = 0; from < DAYS; from += 7) {
      for (int to = from; to < DAYS; to += 5) {
        String range = "grain=total;from=" + date(from) + ";to=" + date(to);
        assertThat(values("visitors", range)).containsExactly(active(from, to).size());
        assertThat(values("new_visitors", range)).containsExactly(fresh(from, to));
        assertThat(values("returning_visitors", range))
            .containsExactly(active(from, to).size() - fresh(from, to));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void weeks_haveTheVisitorsOfTheSets(int seed) {
    live(new Random(seed));

    // 2026-03-02, the second day, is a Monday.
    assertThat(values("visitors", "grain=week;from=" + date(1) + ";to=" + date(21)))
        .containsExactly(active(1, 7).size(), active(8, 14).size(), active(15, 21).size());
    assertThat(values("visitors", "grain=month;from=" + date(0) + ";to=" + date(35)))
        .containsExactly(active(0, 30).size(), active(31, 35).size());
  }

  /** Two hundred visitors who come on some days; the cells are what the partitions count. */
  private void live(Random random) {
    for (int visitor = 0; visitor < 200; visitor++) {
      double share = random.nextDouble() * 0.3;
      for (int day = 0; day < DAYS; day++) {
        if (random.nextDouble() < share) {
          daysByVisitor.computeIfAbsent(visitor, _ -> new TreeSet<>()).add(day);
        }
      }
    }
    for (int partition = 0; partition < PARTITIONS; partition++) {
      cells.settled(partition, ZONE.getId(), "2026-01-01T00:00:00Z");
      store(partition);
    }
  }

  private void store(int partition) {
    var counts = new TreeMap<GoldKey, Long>(Comparator.comparing(GoldKey::text));
    daysByVisitor.forEach((visitor, days) -> {
      if (visitor % PARTITIONS == partition) {
        for (int day : days) {
          Integer previous = days.lower(day);
          String value = previous == null ? "" : Integer.toString(day - previous);
          counts.merge(key(day, value), 1L, Long::sum);
        }
      }
    });
    counts.forEach((key, count) -> cells.put(partition, key, cell -> cell.setVisitors(count)));
  }

  private static GoldKey key(int day, String previous) {
    long start = date(day).atStartOfDay(ZONE).toInstant().toEpochMilli();
    return new GoldKey(Subject.VISITORS, Grain.DAY, Dimension.PREVIOUS_DAY, false, start, previous);
  }

  private static LocalDate date(int day) {
    return FIRST.plusDays(day);
  }

  private Set<Integer> active(int from, int to) {
    return daysByVisitor.entrySet().stream()
        .filter(each -> !each.getValue().subSet(from, true, to, true).isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private int fresh(int from, int to) {
    var fresh = new HashSet<>(active(from, to));
    fresh.removeIf(visitor -> Objects.requireNonNull(daysByVisitor.get(visitor)).first() < from);
    return fresh.size();
  }

  private Iterable<Integer> values(String metric, String parameters) {
    return metrics
        .answer(Metrics.named(metric).orElseThrow(), Requests.of(parameters))
        .rows()
        .stream()
        .map(row -> Objects.requireNonNull(row.value()).intValueExact())
        .toList();
  }
}
