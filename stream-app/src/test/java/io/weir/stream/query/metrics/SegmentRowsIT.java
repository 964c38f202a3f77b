package io.weir.stream.query.metrics;

import static io.weir.stream.query.metrics.FilledGold.BERLIN;
import static io.weir.stream.query.metrics.FilledGold.RANGE;
import static io.weir.stream.query.metrics.FilledGold.query;
import static io.weir.stream.query.metrics.RandomSessions.SESSIONS;
import static io.weir.stream.query.metrics.RandomSessions.kept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.contract.avro.Session;
import io.weir.testkit.TestSessions;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the answers of PostgreSQL about segments and visitors with plain recomputations. */
@ExtendWith(FilledGold.Shared.class)
class SegmentRowsIT {
  private final FilledGold gold;

  SegmentRowsIT(FilledGold gold) {
    this.gold = gold;
  }

  @Test
  void twoFilters_areThoseOfThePlainRecomputation() {
    String filters = "filter=country:DE;filter=device:mobile;";

    MetricAnswer answer = gold.ask("sessions", RANGE + filters + "grain=day");
    assertThat(answer.source()).isEqualTo("postgresql");
    assertThat(answer.filters()).containsExactly("country:DE", "device:mobile");
    assertThat(answer.filter()).isNull();
    assertThat(answer.rows()).hasSize(7);
    for (MetricAnswer.Row row : answer.rows()) {
      assertThat(row.value())
          .isEqualTo(BigDecimal.valueOf(found(row, SegmentRowsIT::isChosen).size()));
      assertThat(row.isFinal()).isEqualTo(row.end().compareTo("2026-03-30T00:00:00+02:00") <= 0);
    }
    MetricAnswer.Row sum =
        gold.ask("page_views", RANGE + filters + "grain=total").rows().getFirst();
    assertThat(number(sum).intValue())
        .isEqualTo(
            found(sum, SegmentRowsIT::isChosen).stream().mapToInt(Session::getPageViews).sum());
    MetricAnswer.Row rate =
        gold.ask("bounce_rate", RANGE + filters + "grain=total").rows().getFirst();
    long bounced =
        found(rate, SegmentRowsIT::isChosen).stream().filter(Session::getIsBounce).count();
    assertThat(number(rate).doubleValue())
        .isEqualTo((double) bounced / found(rate, SegmentRowsIT::isChosen).size(), within(1e-6));
    for (MetricAnswer.Row row :
        gold.ask("sessions", RANGE + filters + "by=browser;grain=total").rows()) {
      long expected =
          found(row, SegmentRowsIT::isChosen).stream()
              .filter(each -> kept(each.getBrowser()).equals(row.group()))
              .count();
      assertThat(number(row).longValue()).as(row.group()).isEqualTo(expected);
    }
  }

  private static boolean isChosen(Session session) {
    return "DE".equals(session.getCountry()) && session.getDevice().equals("mobile");
  }

  /** The sessions of people that start in a row's bucket and pass a filter. */
  private static List<Session> found(MetricAnswer.Row row, Predicate<Session> filter) {
    return SESSIONS.stream()
        .filter(each -> !each.getIsBot() && filter.test(each))
        .filter(each ->
            millis(row.start()) <= each.getStartTime() && each.getStartTime() < millis(row.end()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filter=device:mobile;grain=day",
        "filter=device:mobile;filter=country:DE;grain=week",
        "zone=America/New_York;grain=day",
        "grain=hour",
        "from=2026-03-26T00:07:00Z;to=2026-03-28T01:00:00Z;grain=total",
        "by=country;grain=day"
      })
  void visitorsOfASegment_areThoseOfThePlainRecomputation(String parameters) {
    for (String metric : List.of("visitors", "new_visitors", "returning_visitors")) {
      MetricAnswer answer = gold.ask(metric, RANGE + parameters);

      assertThat(answer.source()).isEqualTo("postgresql");
      assertThat(answer.rows()).isNotEmpty();
      for (MetricAnswer.Row row : answer.rows()) {
        assertThat(number(row).intValue())
            .as(metric + row)
            .isEqualTo(visitors(metric, parameters, row).size());
      }
    }
  }

  private static Set<String> visitors(String metric, String parameters, MetricAnswer.Row row) {
    long start = millis(row.start());
    var visitors = new HashSet<String>();
    for (Session each : SESSIONS) {
      boolean passes =
          (!parameters.contains("device:") || each.getDevice().equals("mobile"))
              && (!parameters.contains("country:") || "DE".equals(each.getCountry()))
              && (row.group() == null || row.group().equals(kept(each.getCountry())));
      if (!each.getIsBot()
          && passes
          && each.getStartTime() < millis(row.end())
          && each.getEndTime() >= start
          && (metric.equals("visitors")
              || metric.equals("returning_visitors") == isKnown(each.getVisitorId(), start))) {
        visitors.add(each.getVisitorId());
      }
    }
    return visitors;
  }

  private static boolean isKnown(String visitor, long before) {
    return SESSIONS.stream()
        .anyMatch(each ->
            !each.getIsBot()
                && each.getVisitorId().equals(visitor)
                && each.getStartTime() < before);
  }

  private static BigDecimal number(MetricAnswer.Row row) {
    return Objects.requireNonNull(row.value());
  }

  private static long millis(String time) {
    return OffsetDateTime.parse(time).toInstant().toEpochMilli();
  }

  /** A session of 60 hours, as an earlier setting may have made it, begins 50 hours before. */
  @Test
  void visitors_areOfSessionsNotLongerThanTheLongest() throws SQLException {
    String day = "from=2026-05-03;to=2026-05-03;grain=total;by=exit_page";
    long start = Instant.parse("2026-05-02T22:00:00Z").minus(Duration.ofHours(50)).toEpochMilli();
    Session stretched =
        TestSessions.session("stretched", 1)
            .setStartTime(start)
            .setEndTime(start + Duration.ofHours(60).toMillis())
            .setIsBot(false)
            .build();
    try (Connection connection = gold.connect()) {
      SessionTable.insert(connection, stretched, false);
    }
    MetricQuery query =
        QueryReader.read(
            Metrics.named("visitors").orElseThrow(),
            Requests.of(day),
            BERLIN,
            Instant.parse("2026-05-10T00:00:00Z"));

    var shorter = new SessionRows(gold.database(), Duration.ofHours(49));
    assertThat(gold.rows().answer(query).rows()).isEmpty();
    assertThat(shorter.answer(query).rows()).isEmpty();
    var longer = new SessionRows(gold.database(), Duration.ofHours(51));
    assertThat(longer.answer(query).rows()).hasSize(1);
  }
}
