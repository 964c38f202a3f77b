package io.weir.stream.query.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.contract.avro.Session;
import io.weir.stream.query.metrics.GoldServer;
import io.weir.stream.query.metrics.NoSessionRows;
import io.weir.stream.query.metrics.RefusedQuery;
import io.weir.stream.query.metrics.SessionTable;
import io.weir.testkit.TestSessions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reports on the schema as lake-sink creates it, with the expected rows written by hand. */
class SessionReportsIT {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-12T10:00:00Z"), ZoneOffset.UTC);
  private static final ReportRequest MARCH =
      new ReportRequest("2026-03-01", "2026-03-12", null, List.of());

  @TempDir private static Path folder;
  private static GoldServer gold;
  private static SessionReports reports;

  @BeforeAll
  static void fill() throws SQLException {
    gold =
        GoldServer.start(
            folder,
            Instant.parse("2026-03-10T23:00:00Z"),
            BERLIN.getId(),
            connection -> {
              // Anna comes by a newsletter and buys on the next day, by a search; Berlin has UTC+1.
              insert(
                  connection, session("anna", 1, "2026-03-09T10:00:00Z").setCampaignSource("mail"));
              insert(connection, bought(session("anna", 2, "2026-03-09T23:30:00Z"), "google"));
              insert(connection, session("ben", 1, "2026-03-09T12:00:00Z").setFunnelStep(1));
              insert(connection, session("cleo", 1, "2026-03-11T12:00:00Z").setEvents(120));
              // Carts, 31 days before the settled day and 32.
              insert(connection, session("dora", 1, "2026-02-07T12:00:00Z").setAddToCarts(1));
              insert(connection, session("emil", 1, "2026-02-08T12:00:00Z").setAddToCarts(1));
              // A cart that ends at 23:30 in Berlin, 30 days before clocks have gone forward.
              insert(connection, session("fred", 1, "2026-02-28T22:29:00Z").setAddToCarts(1));
              insert(connection, session("robot", 1, "2026-03-09T12:00:00Z").setIsBot(true));
              try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(
                    "UPDATE gold.session_revisions SET version = 1, page_views = page_views + 3,"
                        + " late_events = 1, revenue_by_currency = '{\"EUR\": 0.0001}'"
                        + " WHERE visitor_id = 'ben'");
                statement.executeUpdate(
                    "UPDATE gold.session_revisions SET version = 1, retracted = true"
                        + " WHERE visitor_id = 'robot'");
              }
            });
    reports = new SessionReports(Optional.of(gold.database()), BERLIN, CLOCK);
  }

  private static Session.Builder session(String visitor, int number, String start) {
    long time = Instant.parse(start).toEpochMilli();
    return TestSessions.session(visitor, number)
        .setStartTime(time)
        .setEndTime(time + 60_000)
        .setDurationMs(60_000)
        .setEvents(2)
        .setPageViews(1)
        .setProductViews(0)
        .setPurchases(0)
        .setRevision(0)
        .setIsBot(false)
        .setCampaignSource(null)
        .setFunnelStep(0)
        .setRevenueE4(Map.of());
  }

  private static Session.Builder bought(Session.Builder session, String source) {
    return session
        .setPurchases(2)
        .setIsConverted(true)
        .setCampaignSource(source)
        .setRevenueE4(Map.of("EUR", 90_071_992_547_409_931L, "USD", 5_000L))
        .setFunnelStep(2)
        .setFunnelViewTime(session.getStartTime())
        .setFunnelCartTime(session.getStartTime() + 30_000);
  }

  private static void insert(Connection connection, Session.Builder session) throws SQLException {
    SessionTable.insert(connection, session.build(), false);
  }

  @AfterAll
  static void stop() {
    gold.close();
  }

  private static List<Map<String, @Nullable Object>> rows(GoldReport report, @Nullable String by) {
    return reports
        .answer(report, new ReportRequest(MARCH.from(), MARCH.to(), by, List.of()))
        .rows();
  }

  @ParameterizedTest
  @EnumSource
  void everyWay_isAnswered_andItsSqlGivesTheSameRows(GoldReport report) throws SQLException {
    List<String> ways = report.ways().isEmpty() ? List.of("") : report.ways();
    for (String way : ways) {
      ReportAnswer answer =
          reports.answer(
              report,
              new ReportRequest(MARCH.from(), MARCH.to(), way.isEmpty() ? null : way, List.of()));

      assertThat(answer.truncated()).isFalse();
      try (Connection connection = gold.connect();
          Statement statement = connection.createStatement()) {
        ReportRows again = ReportRows.read(statement.executeQuery(answer.sql()), 1000);
        assertThat(again.rows()).isEqualTo(answer.rows());
        assertThat(again.columns()).isEqualTo(answer.columns());
      }
    }
  }

  @Test
  void retention_countsVisitorsByTheirFirstDayInTheZone_andMarksUnfinishedCells() {
    assertThat(rows(GoldReport.RETENTION_DAILY, null))
        .extracting(
            row -> row.get("cohort"),
            row -> row.get("number"),
            row -> row.get("cohort_visitors"),
            row -> row.get("visitors"),
            row -> row.get("is_final"))
        .containsExactly(
            tuple("2026-03-09", 0L, 2L, 2L, true),
            tuple("2026-03-09", 1L, 2L, 1L, true),
            tuple("2026-03-09", 2L, 2L, 0L, false),
            tuple("2026-03-11", 0L, 1L, 1L, false));
  }

  @Test
  void weekThatBeginsBeforeTheRange_isPartOfIt() {
    var request = new ReportRequest("2026-03-11", "2026-03-12", null, List.of());

    assertThat(reports.answer(GoldReport.RETENTION_WEEKLY, request).rows())
        .extracting(row -> row.get("cohort"), row -> row.get("cohort_visitors"))
        .containsExactly(tuple("2026-03-09", 3L));
  }

  @Test
  void touches_haveEachConversionOnceForEachTouch_withEveryDigitOfItsAmounts() {
    Map<String, BigDecimal> revenue =
        Map.of("EUR", new BigDecimal("9007199254740.9931"), "USD", new BigDecimal("0.5000"));

    assertThat(rows(GoldReport.TOUCHES, "source"))
        .extracting(
            row -> row.get("touch"),
            row -> row.get("value"),
            row -> row.get("conversions"),
            row -> row.get("purchases"),
            row -> row.get("revenue"))
        .containsExactlyInAnyOrder(
            tuple("first", "mail", 1L, 2L, revenue), tuple("last", "google", 1L, 2L, revenue));
  }

  @Test
  void distribution_hasTheClassesOfThePeople() {
    assertThat(rows(GoldReport.DISTRIBUTION, "events"))
        .extracting(
            row -> row.get("lower_bound"),
            row -> row.get("upper_bound"),
            row -> row.get("sessions"))
        .containsExactly(tuple(2L, 3L, 3L), tuple(101L, null, 1L));
  }

  @Test
  void orderedFunnel_hasStepsAndMedians() {
    assertThat(rows(GoldReport.ORDERED_FUNNEL, null)).hasSize(1);
    assertThat(rows(GoldReport.ORDERED_FUNNEL, null).getFirst())
        .containsEntry("sessions", 4L)
        .containsEntry("viewed", 2L)
        .containsEntry("carted", 1L)
        .containsEntry("checked_out", 0L)
        .containsEntry("view_to_cart_s", 30.0)
        .containsEntry("cart_to_checkout_s", null);
  }

  @Test
  void reached_countsSessionsThatDidAllStepsSoFar() {
    assertThat(rows(GoldReport.REACHED, "page_view,purchase,product_view"))
        .extracting(row -> row.get("step"), row -> row.get("sessions"))
        .containsExactly(
            tuple("session", 4L),
            tuple("page_view", 4L),
            tuple("purchase", 1L),
            tuple("product_view", 0L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "purchase,purchase", "purchase,", "purchase') --", "a"})
  void stepThatIsNone_isRefused(String steps) {
    assertThatThrownBy(() -> rows(GoldReport.REACHED, steps))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining("takes up to six of page_view, two_pages");
  }

  @Test
  void changes_areThoseOfPeople_withTheirCause() {
    assertThat(rows(GoldReport.CAUSES_OF_CHANGE, "page_views"))
        .extracting(row -> row.get("cause"), row -> row.get("sessions"), row -> row.get("change"))
        .containsExactly(tuple("late_event", 1L, new BigDecimal("3")));
    assertThat(rows(GoldReport.CAUSES_OF_CHANGE, "sessions")).isEmpty();
    assertThat(rows(GoldReport.CHANGES, "revenue"))
        .extracting(
            row -> row.get("visitor_id"), row -> row.get("currency"), row -> row.get("change"))
        .containsExactly(tuple("ben", "EUR", new BigDecimal("0.0001")));
  }

  @Test
  void csv_hasAmountsInOneField() {
    ReportAnswer answer =
        reports.answer(
            GoldReport.TOUCHES, new ReportRequest(MARCH.from(), MARCH.to(), "source", List.of()));

    assertThat(ReportCsv.of(answer))
        .startsWith("touch,value,conversions,purchases,revenue,is_final\r\n")
        .contains("last,google,1,2,9007199254740.9931 EUR; 0.5000 USD,true\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-01|2026-02-28||not a range of at most 401 days",
        "2024-03-01|2026-03-01||not a range of at most 401 days",
        "2026-02-30|2026-03-01||no day such as 2026-03-01",
        "2026-03-01'|2026-03-01||no day such as 2026-03-01",
        "+12026-03-01|2026-03-01||is not within",
        "|0001-01-05||from=0000-12-09 is not within",
        "2026-03-01|2026-03-01|source'|takes by=source, medium, campaign"
      })
  void unfitRequest_isRefused(
      @Nullable String from, String to, @Nullable String by, String reason) {
    assertThatThrownBy(
            () -> reports.answer(GoldReport.TOUCHES, new ReportRequest(from, to, by, List.of())))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CAUSES_OF_CHANGE",
        "CHANGES",
        "RECONCILIATIONS",
        "LAKE_TABLES",
        "MODELS",
        "MODEL_DRIFT",
        "MODEL_COMPARISONS"
      },
      mode = EnumSource.Mode.EXCLUDE)
  void rangeBeforeTheKeptSessions_isRefused(GoldReport report) throws SQLException {
    keep("'2026-03-08T23:00:00Z'");
    try {
      assertThat(answer(report, "2026-03-09").rows()).isNotNull();
      assertThatThrownBy(() -> answer(report, "2026-03-08"))
          .isInstanceOf(RefusedQuery.class)
          .hasMessageContaining("sessions are kept from 2026-03-08T23:00:00Z on");
    } finally {
      keep("'-infinity'");
    }
  }

  @Test
  void weekThatBeginsBeforeTheKeptSessions_isRefused_andChangesAreNot() throws SQLException {
    keep("'2026-03-09T23:00:00Z'");
    try {
      assertThat(answer(GoldReport.RETENTION_DAILY, "2026-03-10").rows()).isNotNull();
      assertThatThrownBy(() -> answer(GoldReport.RETENTION_WEEKLY, "2026-03-10"))
          .isInstanceOf(RefusedQuery.class);
      assertThat(rows(GoldReport.CHANGES, "revenue")).isNotEmpty();
    } finally {
      keep("'-infinity'");
    }
  }

  @Test
  void rows_sayWhetherTheyAreFinal() {
    assertThat(rows(GoldReport.TOUCHES, "source"))
        .extracting(row -> row.get("is_final"))
        .containsOnly(true);
    for (GoldReport report : List.of(GoldReport.ORDERED_FUNNEL, GoldReport.REACHED)) {
      // Settled until the begin of March 11 in Berlin.
      assertThat(to(report, "2026-03-10").rows())
          .extracting(row -> row.get("is_final"))
          .containsOnly(true);
      assertThat(to(report, "2026-03-11").rows())
          .extracting(row -> row.get("is_final"))
          .containsOnly(false);
    }
  }

  @Test
  void cartsOfADay_areFinalOnceNoVisitorCanBuyLater() {
    assertThat(carts())
        .extracting(row -> row.get("day"), row -> row.get("is_final"))
        .containsExactly(
            tuple("2026-02-07", true), tuple("2026-02-08", false), tuple("2026-02-28", false));
  }

  @Test
  void cartsOfADay_stayOpenForTheHourThatClocksGoForward() throws SQLException {
    try {
      // The visitor may buy until 00:30 of March 31, which is an hour later than in winter.
      settle("2026-03-31T00:00+02:00");
      assertThat(carts().getLast()).containsEntry("is_final", false);
      settle("2026-04-01T00:00+02:00");
      assertThat(carts().getLast())
          .containsEntry("day", "2026-02-28")
          .containsEntry("is_final", true);
    } finally {
      settle("2026-03-10T23:00Z");
    }
  }

  /** The carts of February, as they are now. */
  private static List<Map<String, @Nullable Object>> carts() {
    return new SessionReports(Optional.of(gold.database()), BERLIN, CLOCK)
        .answer(GoldReport.CARTS, new ReportRequest("2026-02-01", "2026-02-28", null, List.of()))
        .rows();
  }

  private static void settle(String until) throws SQLException {
    change(
        "UPDATE gold.cell_versions SET settled_until = '%s' WHERE cell_key = 'progress'"
            .formatted(until));
  }

  private static ReportAnswer answer(GoldReport report, String from) {
    return reports.answer(report, new ReportRequest(from, MARCH.to(), null, List.of()));
  }

  private static ReportAnswer to(GoldReport report, String to) {
    return reports.answer(report, new ReportRequest(MARCH.from(), to, null, List.of()));
  }

  private static void keep(String from) throws SQLException {
    change("UPDATE gold.kept SET sessions_from = " + from);
  }

  private static void change(String sql) throws SQLException {
    try (Connection connection = gold.connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void thatAReportTookTooLong_isKeptForAMinute() {
    var nanos = new AtomicLong();
    var slow = new KeptReports(nanos::get);
    var asked = new AtomicInteger();
    Supplier<ReportRows> reading =
        () ->
            gold.database()
                .read(connection -> {
                  asked.incrementAndGet();
                  try (Statement statement = connection.createStatement()) {
                    statement.execute("SET LOCAL statement_timeout = 20");
                    statement.execute("SELECT pg_sleep(9)");
                  }
                  return new ReportRows(List.of(), List.of(), false);
                });

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> slow.get("sql", reading)).isInstanceOf(NoSessionRows.class);
    }
    assertThat(asked).hasValue(1);

    nanos.set(Duration.ofSeconds(60).toNanos());
    assertThatThrownBy(() -> slow.get("sql", reading)).isInstanceOf(NoSessionRows.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void withoutPostgres_theSettingIsNamed() {
    var none = new SessionReports(Optional.empty(), BERLIN, CLOCK);

    assertThatThrownBy(() -> none.answer(GoldReport.CARTS, MARCH))
        .isInstanceOf(NoSessionRows.class)
        .hasMessageContaining("WEIR_POSTGRES_URL");
  }
}
