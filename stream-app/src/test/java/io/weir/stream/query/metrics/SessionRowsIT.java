package io.weir.stream.query.metrics;

import static io.weir.stream.query.metrics.FilledGold.RANGE;
import static io.weir.stream.query.metrics.FilledGold.query;
import static io.weir.stream.query.metrics.RandomSessions.HOSTILE;
import static io.weir.stream.query.metrics.RandomSessions.SESSIONS;
import static io.weir.stream.query.metrics.RandomSessions.kept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.Session;
import io.weir.stream.gold.SessionFacts;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the answers of PostgreSQL with those of cells, and with the formulas of metrics. */
@ExtendWith(FilledGold.Shared.class)
class SessionRowsIT {
  private final FilledGold gold;

  SessionRowsIT(FilledGold gold) {
    this.gold = gold;
  }

  private static List<String> metrics() {
    return Metrics.all().stream()
        .filter(metric -> metric.subject() == Subject.SESSIONS && !metric.isOfRows())
        .map(MetricDefinition::name)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void everyMetricOfSessions_isThatOfTheCells(String metric) {
    var asked = new ArrayList<String>();
    for (Dimension each : SessionFacts.DIMENSIONS) {
      asked.add("grain=total;by=" + each.code());
    }
    for (String value : HOSTILE) {
      asked.add("filter=exit_page:" + kept(value));
    }
    asked.add("");
    asked.add("by=landing_page;top=2;compare=previous");
    asked.add("by=country;filter=country:DE");
    asked.add("bots=only;by=visitor_type");
    asked.add("bots=include;grain=week;by=campaign");
    for (String each : asked) {
      MetricQuery query = query(metric, RANGE + each);
      MetricAnswer expected = gold.cells().answer(query);
      MetricAnswer answer = gold.rows().answer(query);

      assertThat(answer.rows()).as(each).isEqualTo(expected.rows());
      assertThat(answer.finalUntil())
          .isEqualTo(expected.finalUntil())
          .startsWith("2026-03-30T00:00");
      assertThat(answer.source()).isEqualTo("postgresql");
      assertThat(expected.source()).isEqualTo("state");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"visitors", "new_visitors", "returning_visitors"})
  void visitorsOfTheSitesDays_areThoseOfTheCells(String metric) {
    for (String grain : List.of("day", "week", "total;compare=previous")) {
      MetricQuery query = query(metric, RANGE + "grain=" + grain);

      List<MetricAnswer.Row> expected = gold.cells().answer(query).rows();
      assertThat(gold.rows().answer(query).rows()).as(grain).isEqualTo(expected);
      assertThat(expected).anyMatch(row -> BigDecimal.ZERO.compareTo(row.value()) < 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"country:DE", "device:mobile", "city:", "visitor_type:new"})
  void whatIsNot_isTheTotalWithoutIt(String filter) {
    String not = filter.replace(":", "!:");
    String asked = RANGE + "grain=total;filter=";

    BigDecimal all = value(gold.ask("sessions", RANGE + "grain=total"));
    MetricAnswer rest = gold.ask("sessions", asked + not);

    assertThat(rest.source()).isEqualTo("postgresql");
    assertThat(rest.filters()).containsExactly(not);
    assertThat(value(rest)).isPositive();
    assertThat(value(rest)).isEqualTo(all.subtract(value(gold.ask("sessions", asked + filter))));
    assertThatThrownBy(() -> gold.ask("sessions", asked + filter + ";filter=" + not))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining("one for each is right");
  }

  private static BigDecimal value(MetricAnswer answer) {
    return Objects.requireNonNull(answer.rows().getFirst().value());
  }

  /** The range with the times at which Berlin's days begin, an hour before the day or two. */
  private static boolean isInRange(long time) {
    Instant start = Instant.ofEpochMilli(time);
    return !start.isBefore(Instant.parse("2026-03-24T23:00:00Z"))
        && start.isBefore(Instant.parse("2026-03-31T22:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"average_engaged_time", "engagement_rate"})
  void formulaOfRows_runInPostgres_isTheAnswer(String name) throws SQLException {
    MetricDefinition metric = Metrics.named(name).orElseThrow();
    String sql =
        "SELECT %s FROM bi.fact_session WHERE NOT is_bot AND start_time >= '%s' AND start_time < '%s'"
            .formatted(
                metric.formula().text(),
                Instant.parse("2026-03-24T23:00:00Z"),
                Instant.parse("2026-03-31T22:00:00Z"));

    try (Connection connection = gold.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      assertThat(row.getDouble(1))
          .isPositive()
          .isCloseTo(
              value(gold.both().answer(metric, Requests.of(RANGE + "grain=total"))).doubleValue(),
              within(1e-6));
    }
  }

  /** Rates of cells are shown as SQL over gold, which must not divide whole numbers. */
  @Test
  void formulasOfCells_divideNoWholeNumbers() throws SQLException {
    try (Connection connection = gold.connect();
        Statement statement = connection.createStatement()) {
      for (MetricDefinition metric : Metrics.all()) {
        if (metric.formula() instanceof Formula.Ratio) {
          String sql = "SELECT pg_typeof(" + metric.formula().text() + ") FROM gold.sessions_daily";
          try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            assertThat(row.getString(1)).as(metric.name()).isEqualTo("numeric");
          }
        }
      }
    }
  }

  @Test
  void engagement_isReadFromRows() {
    List<Session> people =
        SESSIONS.stream()
            .filter(each -> !each.getIsBot() && isInRange(each.getStartTime()))
            .toList();
    double engaged = people.stream().mapToLong(Session::getEngagedMs).average().orElseThrow();
    var request = Requests.of(RANGE + "grain=total");

    MetricAnswer time =
        gold.both().answer(Metrics.named("average_engaged_time").orElseThrow(), request);
    MetricAnswer rate = gold.both().answer(Metrics.named("engagement_rate").orElseThrow(), request);

    assertThat(time.source()).isEqualTo("postgresql");
    assertThat(value(time).doubleValue()).isCloseTo(engaged / 1000, within(1e-6));
    assertThat(value(rate).doubleValue())
        .isCloseTo(
            people.stream().filter(Session::getIsEngaged).count() / (double) people.size(),
            within(1e-6));
  }

  @Test
  void whatCellsHaveForgotten_comesFromRows() {
    MetricAnswer answer =
        gold.ask("sessions", "from=2026-01-01T00:07:00Z;to=2026-03-31;grain=hour");

    assertThat(answer.source()).isEqualTo("postgresql");
    assertThat(gold.ask("sessions", RANGE).source()).isEqualTo("state");
    assertThat(gold.ask("sessions", RANGE + "by=country;filter=country:DE").source())
        .isEqualTo("state");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sessions; filter=country:a\0b;filter=device:x; no value has a NUL",
        "ctr; by=ad;filter=country:DE; by=ad or filter=ad:value alone is right",
        "goal_events; filter=goal:a;filter=country:DE; goal is not known beside another dimension",
        "events; by=page;filter=country:DE; metrics of events have one dimension at a time",
        "visitors; by=country;bots=include; counts people"
      })
  void whatNobodyKnows_isRefused(String text) {
    String[] parts = text.split("; ", -1);

    assertThatThrownBy(() -> gold.ask(parts[0], RANGE + parts[1]))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining(parts[2]);
  }

  @Test
  void removedSessions_areNoZeros() throws SQLException {
    gold.change("UPDATE gold.kept SET sessions_from = '2026-03-20T00:00:00Z'");
    try {
      assertThat(gold.ask("visitors", RANGE + "by=country").rows()).isNotEmpty();
      assertThatThrownBy(() -> gold.ask("visitors", RANGE + "by=country;compare=previous"))
          .isInstanceOf(RefusedQuery.class)
          .hasMessageContaining("sessions are kept from 2026-03-20T00:00:00Z on");
    } finally {
      gold.change("UPDATE gold.kept SET sessions_from = '-infinity'");
    }
  }
}
