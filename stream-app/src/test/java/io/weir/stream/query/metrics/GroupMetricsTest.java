package io.weir.stream.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.GoldCell;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.query.cluster.Survey;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupMetricsTest {
  private static final String BERLIN = "Europe/Berlin";
  private static final GoldRules RULES = GoldRules.of(ZoneId.of(BERLIN), GoldRules.USUAL_QUARTERS);
  private static final String TWO_DAYS = "from=2026-05-01;to=2026-05-02;grain=day;";

  private final MemoryCells cells = MemoryCells.of(0, 1);
  private final MetricSources metrics = group(cells, 2);

  @BeforeEach
  void nothingHasSettled() {
    cells.settled(0, BERLIN, "1970-01-01T00:00:00Z");
    cells.settled(1, BERLIN, "1970-01-01T00:00:00Z");
  }

  @Test
  void daysOfTheSite_areSumsOfPartitions() {
    day(0, "2026-04-30T22:00:00Z", "", sessions(3));
    day(1, "2026-04-30T22:00:00Z", "", sessions(4));
    day(0, "2026-05-01T22:00:00Z", "", sessions(5));
    day(0, "2026-05-02T22:00:00Z", "", sessions(100));

    MetricAnswer answer = ask("sessions", TWO_DAYS);

    assertThat(shown(answer))
        .containsExactly(
            "2026-05-01T00:00:00+02:00 null 7 false", "2026-05-02T00:00:00+02:00 null 5 false");
    assertThat(answer.complete()).isTrue();
    assertThat(answer.metric().formula()).isEqualTo("sum(sessions)");
  }

  @Test
  void daysOfAnotherZone_areSumsOfQuarters() {
    quarter(0, "2026-04-30T18:00:00Z", sessions(100));
    quarter(0, "2026-04-30T18:15:00Z", sessions(1));
    quarter(1, "2026-05-01T18:00:00Z", sessions(2));
    quarter(0, "2026-05-01T18:15:00Z", sessions(4));
    quarter(0, "2026-05-02T18:15:00Z", sessions(100));

    assertThat(shown(ask("sessions", TWO_DAYS + "zone=Asia/Kathmandu")))
        .containsExactly(
            "2026-05-01T00:00:00+05:45 null 3 false", "2026-05-02T00:00:00+05:45 null 4 false");
  }

  @Test
  void rate_isComputedFromSums() {
    day(0, "2026-04-30T22:00:00Z", "", both(sessions(10), c -> c.setConvertedSessions(10)));
    day(1, "2026-04-30T22:00:00Z", "", both(sessions(90), c -> c.setConvertedSessions(0)));

    assertThat(shown(ask("conversion_rate", TWO_DAYS)))
        .containsExactly(
            "2026-05-01T00:00:00+02:00 null 0.100000 false",
            "2026-05-02T00:00:00+02:00 null null false");
    assertThat(shown(ask("conversion_rate", "from=2026-05-01;to=2026-05-02;grain=total")))
        .containsExactly("2026-05-01T00:00:00+02:00 null 0.100000 false");
  }

  @Test
  void duration_isInSeconds() {
    day(0, "2026-04-30T22:00:00Z", "", both(sessions(4), c -> c.setDurationMs(10_000)));

    assertThat(ask("average_session_duration", TWO_DAYS).rows().getFirst().value())
        .isEqualTo("2.500000");
  }

  @Test
  void money_isExactByCurrency() {
    day(0, "2026-04-30T22:00:00Z", "", revenue(Map.of("EUR", "92233720368547758070.1", "", "1")));
    day(1, "2026-04-30T22:00:00Z", "", revenue(Map.of("EUR", "0.2345", "USD", "0.00001")));

    assertThat(ask("revenue", "from=2026-05-01;to=2026-05-01;grain=day").rows())
        .extracting(
            row -> row.currency() + " " + Objects.requireNonNull(row.value()).toPlainString())
        .containsExactly(" 1.0000", "EUR 92233720368547758070.3345", "USD 0.00001");
  }

  @Test
  void breakdown_namesTheLargestAndSumsTheRest() {
    country("2026-04-30T22:00:00Z", "DE", 5);
    country("2026-04-30T22:00:00Z", "FR", 3);
    country("2026-05-01T22:00:00Z", "FR", 7);
    country("2026-05-01T22:00:00Z", "a|b", 2);
    country("2026-05-01T22:00:00Z", "(rest)", 1);
    country("2026-05-01T22:00:00Z", "", 6);

    assertThat(shown(ask("sessions", TWO_DAYS + "by=country;top=2")))
        .containsExactly(
            "2026-05-01T00:00:00+02:00 FR 3 false",
            "2026-05-01T00:00:00+02:00  0 false",
            "2026-05-01T00:00:00+02:00 (rest) 5 false",
            "2026-05-02T00:00:00+02:00 FR 7 false",
            "2026-05-02T00:00:00+02:00  6 false",
            "2026-05-02T00:00:00+02:00 (rest) 3 false");
  }

  @Test
  void searchesByTerm_areReadFromEvents_thoseOfSessionsFromSessions() {
    day(0, "2026-04-30T22:00:00Z", "", cell -> cell.setSearches(9));
    term(0, "2026-04-30T22:00:00Z", "red shoes", 2);
    term(1, "2026-04-30T22:00:00Z", "red shoes", 1);
    term(1, "2026-05-01T22:00:00Z", "", 4);

    MetricAnswer answer = ask("searches", TWO_DAYS + "by=search_term");

    assertThat(answer.metric().subject()).isEqualTo("events");
    assertThat(shown(answer))
        .containsExactly(
            "2026-05-01T00:00:00+02:00  0 false",
            "2026-05-01T00:00:00+02:00 red shoes 3 false",
            "2026-05-02T00:00:00+02:00  4 false",
            "2026-05-02T00:00:00+02:00 red shoes 0 false");
    assertThat(shown(ask("searches", TWO_DAYS + "filter=search_term:red shoes")))
        .containsExactly(
            "2026-05-01T00:00:00+02:00 null 3 false", "2026-05-02T00:00:00+02:00 null 0 false");
    assertThat(shown(ask("searches", TWO_DAYS)))
        .containsExactly(
            "2026-05-01T00:00:00+02:00 null 9 false", "2026-05-02T00:00:00+02:00 null 0 false");
  }

  private void term(int partition, String start, String term, long searches) {
    long time = Instant.parse(start).toEpochMilli();
    cells.put(
        partition,
        new GoldKey(Subject.EVENTS, Grain.DAY, Dimension.SEARCH_TERM, false, time, term),
        cell -> cell.setSearches(searches));
  }

  /** A cell of a goal does not know how many sessions there are. */
  @Test
  void rateOfGoals_isOfAllSessions() {
    day(0, "2026-04-30T22:00:00Z", "", both(sessions(30), c -> c.setGoalSessions(9)));
    day(1, "2026-04-30T22:00:00Z", "", both(sessions(10), c -> c.setGoalSessions(1)));
    day(0, "2026-05-01T22:00:00Z", "", sessions(50));
    goal(0, "2026-04-30T22:00:00Z", "bought", 3);
    goal(1, "2026-04-30T22:00:00Z", "bought", 1);
    goal(0, "2026-04-30T22:00:00Z", "seen", 8);

    assertThat(shown(ask("goal_rate", TWO_DAYS + "by=goal")))
        .containsExactly(
            "2026-05-01T00:00:00+02:00 seen 0.200000 false",
            "2026-05-01T00:00:00+02:00 bought 0.100000 false",
            "2026-05-02T00:00:00+02:00 seen 0.000000 false",
            "2026-05-02T00:00:00+02:00 bought 0.000000 false");
    assertThat(shown(ask("goal_rate", TWO_DAYS + "filter=goal:bought")))
        .containsExactly(
            "2026-05-01T00:00:00+02:00 null 0.100000 false",
            "2026-05-02T00:00:00+02:00 null 0.000000 false");
    assertThat(shown(ask("goal_rate", TWO_DAYS)))
        .containsExactly(
            "2026-05-01T00:00:00+02:00 null 0.250000 false",
            "2026-05-02T00:00:00+02:00 null 0.000000 false");
    assertThat(shown(ask("goal_sessions", TWO_DAYS + "by=goal;top=1")))
        .containsExactly(
            "2026-05-01T00:00:00+02:00 seen 8 false",
            "2026-05-01T00:00:00+02:00 (rest) 4 false",
            "2026-05-02T00:00:00+02:00 seen 0 false",
            "2026-05-02T00:00:00+02:00 (rest) 0 false");
  }

  private void goal(int partition, String start, String goal, long sessions) {
    cells.put(
        partition,
        MemoryCells.sessions(Grain.DAY, Dimension.GOAL, start, goal),
        cell -> cell.setGoalSessions(sessions));
  }

  @Test
  void goalValue_isByCurrency() {
    day(0, "2026-04-30T22:00:00Z", "", cell -> cell.setGoalValue(Map.of("EUR", "0.5")));
    day(1, "2026-04-30T22:00:00Z", "", cell -> cell.setGoalValue(Map.of("EUR", "1.25")));

    assertThat(ask("goal_value", "from=2026-05-01;to=2026-05-01;grain=day").rows())
        .extracting(
            row -> row.currency() + " " + Objects.requireNonNull(row.value()).toPlainString())
        .containsExactly("EUR 1.7500");
  }

  @Test
  void valueThatBecameZero_isNotNamed() {
    country("2026-04-30T22:00:00Z", "DE", 5);
    country("2026-04-30T22:00:00Z", "FR", 0);

    assertThat(shown(ask("sessions", TWO_DAYS + "by=country")))
        .containsExactly(
            "2026-05-01T00:00:00+02:00 DE 5 false", "2026-05-02T00:00:00+02:00 DE 0 false");
  }

  @Test
  void filter_countsOneValueOnly() {
    country("2026-04-30T22:00:00Z", "a|b", 5);
    country("2026-04-30T22:00:00Z", "a", 3);
    day(0, "2026-04-30T22:00:00Z", "", sessions(8));

    assertThat(shown(ask("sessions", "from=2026-05-01;to=2026-05-01;filter=country:a|b")))
        .hasSize(24)
        .allMatch(row -> row.endsWith(" 0 false"));
    assertThat(shown(ask("sessions", "from=2026-05-01;to=2026-05-01;grain=day;filter=country:a|b")))
        .containsExactly("2026-05-01T00:00:00+02:00 null 5 false");
    assertThat(
            shown(
                ask(
                    "sessions",
                    "from=2026-05-01;to=2026-05-01;grain=day;filter=country:a;by=country")))
        .containsExactly("2026-05-01T00:00:00+02:00 a 3 false");
  }

  @Test
  void robots_countWhenTheyAreAskedFor() {
    day(0, "2026-04-30T22:00:00Z", "", sessions(8));
    cells.put(
        1,
        new GoldKey(
            Subject.SESSIONS,
            Grain.DAY,
            Dimension.ALL,
            true,
            Instant.parse("2026-04-30T22:00:00Z").toEpochMilli(),
            ""),
        sessions(2));

    assertThat(total("bots=exclude")).isEqualTo("8");
    assertThat(total("bots=only")).isEqualTo("2");
    assertThat(total("bots=include")).isEqualTo("10");
  }

  private String total(String parameters) {
    return String.valueOf(
        ask("sessions", "from=2026-05-01;to=2026-05-01;grain=total;" + parameters)
            .rows()
            .getFirst()
            .value());
  }

  @Test
  void comparison_putsTheRangeBeforeBesideEachBucket() {
    day(0, "2026-04-28T22:00:00Z", "", sessions(1));
    day(0, "2026-04-29T22:00:00Z", "", sessions(2));
    day(0, "2026-04-30T22:00:00Z", "", sessions(3));
    day(0, "2026-05-01T22:00:00Z", "", sessions(4));

    MetricAnswer answer = ask("sessions", TWO_DAYS + "compare=previous");

    assertThat(answer.rows())
        .extracting(row -> row.value() + " after " + row.previous())
        .containsExactly("3 after 1", "4 after 2");
    assertThat(answer.previousFrom()).isEqualTo("2026-04-29T00:00:00+02:00");
    assertThat(answer.previousTo()).isEqualTo("2026-05-01T00:00:00+02:00");
  }

  @Test
  void bucket_isFinalWhenEveryPartitionHasSettled() {
    cells.settled(0, BERLIN, "2026-05-19T00:00:00Z");
    cells.settled(1, BERLIN, "2026-05-01T22:00:00Z");

    MetricAnswer answer = ask("sessions", TWO_DAYS);

    assertThat(answer.finalUntil()).isEqualTo("2026-05-02T00:00:00+02:00");
    assertThat(answer.rows()).extracting(MetricAnswer.Row::isFinal).containsExactly(true, false);
  }

  @Test
  void movingPartition_isMissingAndNothingIsFinal() {
    cells.settled(0, BERLIN, "2026-05-19T00:00:00Z");
    cells.settled(1, BERLIN, "2026-05-19T00:00:00Z");
    day(0, "2026-04-30T22:00:00Z", "", sessions(3));
    day(1, "2026-04-30T22:00:00Z", "", sessions(4));
    cells.moving.add(1);

    MetricAnswer answer = ask("sessions", TWO_DAYS);

    assertThat(answer.complete()).isFalse();
    assertThat(answer.missingPartitions()).containsExactly(1);
    assertThat(answer.finalUntil()).isNull();
    assertThat(shown(answer)).first().isEqualTo("2026-05-01T00:00:00+02:00 null 3 false");
  }

  @Test
  void nothingToRead_isNoAnswer() {
    cells.moving.add(0);
    cells.moving.add(1);

    assertThatThrownBy(() -> ask("sessions", TWO_DAYS)).isInstanceOf(MovingPartitions.class);
  }

  @Test
  void partitionOfTwoInstances_isNotCountedTwice() {
    MetricSources both = group(cells, 2, MemoryCells.of(1));

    assertThatThrownBy(() -> both.answer(metric("sessions"), Requests.of(TWO_DAYS)))
        .isInstanceOf(MovingPartitions.class)
        .hasMessage("partition 1 moves from one instance to another");
  }

  @Test
  void otherInstance_addsItsPartitions() {
    MemoryCells others = MemoryCells.of(2);
    others.settled(2, BERLIN, "2026-05-19T00:00:00Z");
    others.put(
        2,
        MemoryCells.sessions(Grain.DAY, Dimension.COUNTRY, "2026-04-30T22:00:00Z", "D&E=ü"),
        sessions(9));
    MetricSources three = group(MemoryCells.of(), 3, cells, others);

    MetricAnswer answer =
        three.answer(metric("sessions"), Requests.of(TWO_DAYS + "filter=country:D&E=ü"));

    assertThat(answer.zone()).isEqualTo(BERLIN);
    assertThat(shown(answer)).first().isEqualTo("2026-05-01T00:00:00+02:00 null 9 false");
    assertThat(answer.complete()).isTrue();
  }

  @Test
  void silentInstance_isMissing() {
    var group =
        new GroupMetrics(
            cells,
            new Survey(
                () -> List.of(new HostInfo("silent", 1)),
                (_, _) -> Optional.empty(),
                new PeerAnswers()),
            3,
            RULES,
            PeerAnswers.CLOCK);

    MetricAnswer answer =
        PeerAnswers.sources(group, RULES).answer(metric("sessions"), Requests.of(TWO_DAYS));

    assertThat(answer.complete()).isFalse();
    assertThat(answer.missing()).containsExactly("silent:1");
    assertThat(answer.missingPartitions()).containsExactly(2);
  }

  @Test
  void tooManyValues_areRefusedWithWhatIsRight() {
    for (int i = 0; i < 50_001; i++) {
      country("2026-04-30T22:00:00Z", "c" + i, 1);
      country("2026-05-01T22:00:00Z", "c" + i, 1);
    }

    assertThatThrownBy(() -> ask("sessions", TWO_DAYS + "by=country"))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining("more than 100,000 pairs of bucket and value");
    assertThat(ask("sessions", TWO_DAYS + "by=country;grain=total;top=1").rows()).hasSize(2);
  }

  @Test
  void rowsOfEmptyBuckets_countForTheLimit() {
    for (int i = 0; i < 1000; i++) {
      country("2026-04-30T22:00:00Z", "c" + i, 1);
    }

    assertThat(
            ask("sessions", "from=2026-01-22;to=2026-05-01;grain=day;by=country;top=1000").rows())
        .hasSize(100_000);
    assertThatThrownBy(
            () -> ask("sessions", "from=2026-01-21;to=2026-05-01;grain=day;by=country;top=1000"))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining("a smaller top");
  }

  @Test
  void netRevenue_isWithoutRefunds_inEachCurrency() {
    day(0, "2026-04-30T22:00:00Z", "", revenue(Map.of("EUR", "10.5")));
    day(1, "2026-04-30T22:00:00Z", "", cell -> cell.setRefunded(Map.of("EUR", "0.25", "USD", "3")));

    assertThat(amounts("net_revenue")).isEqualTo("{EUR=10.2500, USD=-3.0000}");
    assertThat(amounts("refunded")).isEqualTo("{EUR=0.2500, USD=3.0000}");
    assertThat(amounts("revenue")).isEqualTo("{EUR=10.5000}");
  }

  private String amounts(String metric) {
    var amounts = new TreeMap<String, String>();
    ask(metric, "from=2026-05-01;to=2026-05-01;grain=day")
        .rows()
        .forEach(row ->
            amounts.put(
                Objects.requireNonNull(row.currency()),
                Objects.requireNonNull(row.value()).toPlainString()));
    return amounts.toString();
  }

  private void country(String start, String value, long count) {
    cells.put(0, MemoryCells.sessions(Grain.DAY, Dimension.COUNTRY, start, value), sessions(count));
  }

  private void day(int partition, String start, String value, Consumer<GoldCell> measures) {
    cells.put(partition, MemoryCells.sessions(Grain.DAY, Dimension.ALL, start, value), measures);
  }

  private void quarter(int partition, String start, Consumer<GoldCell> measures) {
    cells.put(partition, MemoryCells.sessions(Grain.QUARTER, Dimension.ALL, start, ""), measures);
  }

  private static Consumer<GoldCell> sessions(long count) {
    return cell -> cell.setSessions(count);
  }

  private static Consumer<GoldCell> revenue(Map<String, String> amounts) {
    return cell -> cell.setRevenue(amounts);
  }

  private static Consumer<GoldCell> both(Consumer<GoldCell> one, Consumer<GoldCell> other) {
    return one.andThen(other);
  }

  private MetricAnswer ask(String metric, String parameters) {
    return metrics.answer(metric(metric), Requests.of(parameters));
  }

  private static List<String> shown(MetricAnswer answer) {
    return answer.rows().stream()
        .map(row -> row.start() + " " + row.group() + " " + row.value() + " " + row.isFinal())
        .toList();
  }

  private static MetricDefinition metric(String name) {
    return Metrics.named(name).orElseThrow();
  }

  private static MetricSources group(CellReader own, int partitions, MemoryCells... others) {
    return PeerAnswers.sources(own, partitions, RULES, others);
  }
}
