package io.weir.stream.query.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.contract.avro.Session;
import io.weir.stream.query.metrics.GoldServer;
import io.weir.stream.query.metrics.SessionTable;
import io.weir.testkit.TestSessions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Filters of reports that follow a visitor over several sessions. */
class VisitorFiltersIT {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-12T10:00:00Z"), ZoneOffset.UTC);

  @TempDir private static Path folder;
  private static GoldServer gold;
  private static SessionReports reports;

  @BeforeAll
  static void fill() throws SQLException {
    gold =
        GoldServer.start(
            folder,
            Instant.parse("2026-03-10T00:00:00Z"),
            "UTC",
            connection -> {
              insert(connection, session("a", 1, "09", "DE").setDevice("mobile"));
              insert(connection, session("b", 1, "09", "DE").setDevice("desktop"));
              insert(connection, session("c", 1, "09", "FR").setDevice("mobile"));
              // From Germany first, and back from Austria, where the purchase is.
              insert(
                  connection,
                  session("d", 1, "07", "DE").setDevice("tablet").setCampaignSource("mail"));
              insert(connection, session("d", 2, "09", "AT").setPurchases(1));
              insert(connection, session("robot", 1, "06", "DE").setIsBot(true));
              insert(connection, session("late", 1, "11", "IT"));
              // A cart that began on a phone and was left on a laptop, and one that was bought
              // there.
              insert(connection, cart("e", 1, "08T10").setDevice("mobile"));
              insert(connection, cart("e", 2, "08T20").setDevice("desktop"));
              insert(connection, cart("f", 1, "08T10").setDevice("desktop").setPurchases(1));
            });
    reports = new SessionReports(Optional.of(gold.database()), ZoneOffset.UTC, CLOCK);
  }

  private static Session.Builder session(String visitor, int number, String day, String country) {
    long time = Instant.parse("2026-03-" + day + "T10:00:00Z").toEpochMilli();
    return TestSessions.session(visitor, number)
        .setStartTime(time)
        .setEndTime(time + 60_000)
        .setCountry(country)
        .setPurchases(0)
        .setIsBot(false)
        .setDevice(null)
        .setCampaignSource(null);
  }

  private static Session.Builder cart(String visitor, int number, String hour) {
    long time = Instant.parse("2026-03-" + hour + ":00:00Z").toEpochMilli();
    return session(visitor, number, "08", "SE")
        .setStartTime(time)
        .setEndTime(time + 60_000)
        .setAddToCarts(1)
        .setRemoveFromCarts(0)
        .setCartValueE4(Map.of("EUR", 100_000L));
  }

  private static void insert(Connection connection, Session.Builder session) throws SQLException {
    SessionTable.insert(connection, session.build(), false);
  }

  @AfterAll
  static void stop() {
    gold.close();
  }

  private static ReportAnswer answer(GoldReport report, @Nullable String by, String... filters) {
    return reports.answer(
        report, new ReportRequest("2026-03-01", "2026-03-12", by, List.of(filters)));
  }

  @ParameterizedTest
  @EnumSource(names = {"RETENTION_DAILY", "RETENTION_WEEKLY", "TOUCHES", "CARTS"})
  void filterThatAllHold_changesNothing(GoldReport report) {
    List<Map<String, @Nullable Object>> all = answer(report, null).rows();

    assertThat(all).isNotEmpty();
    assertThat(answer(report, null, "country!:nowhere").rows()).isEqualTo(all);
    assertThat(answer(report, null, "country:nowhere").rows()).isEmpty();
  }

  /** Whoever came first from Germany is counted, wherever the later sessions are from. */
  @Test
  void cohorts_areThoseOfVisitorsWhoseFirstSessionHolds() {
    assertThat(answer(GoldReport.RETENTION_DAILY, null, "country:DE").rows())
        .extracting(
            row -> row.get("cohort"),
            row -> row.get("number"),
            row -> row.get("cohort_visitors"),
            row -> row.get("visitors"),
            row -> row.get("is_final"))
        .containsExactly(
            tuple("2026-03-07", 0L, 1L, 1L, true),
            tuple("2026-03-07", 1L, 1L, 0L, true),
            tuple("2026-03-07", 2L, 1L, 1L, true),
            tuple("2026-03-07", 3L, 1L, 0L, false),
            tuple("2026-03-07", 4L, 1L, 0L, false),
            tuple("2026-03-09", 0L, 2L, 2L, true),
            tuple("2026-03-09", 1L, 2L, 0L, false),
            tuple("2026-03-09", 2L, 2L, 0L, false));
    assertThat(answer(GoldReport.RETENTION_WEEKLY, null, "country:DE").rows())
        .extracting(
            row -> row.get("cohort"),
            row -> row.get("number"),
            row -> row.get("cohort_visitors"),
            row -> row.get("visitors"))
        .containsExactly(
            tuple("2026-03-02", 0L, 1L, 1L),
            tuple("2026-03-02", 1L, 1L, 1L),
            tuple("2026-03-09", 0L, 2L, 2L));
    assertThat(answer(GoldReport.RETENTION_DAILY, null, "country:DE", "device:tablet").rows())
        .extracting(row -> row.get("cohort"))
        .containsOnly("2026-03-07");
  }

  /** The filter is on the session with the purchase; the first touch is from any country. */
  @Test
  void touches_areThoseOfConversionsThatHold() {
    assertThat(answer(GoldReport.TOUCHES, "source", "country:AT").rows())
        .extracting(
            row -> row.get("touch"),
            row -> row.get("value"),
            row -> row.get("conversions"),
            row -> row.get("is_final"))
        .containsExactlyInAnyOrder(tuple("first", "mail", 1L, true), tuple("last", "", 1L, true));
    assertThat(answer(GoldReport.TOUCHES, "source", "country:DE").rows()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"RETENTION_DAILY", "RETENTION_WEEKLY", "TOUCHES", "CARTS"})
  void sqlThatIsShown_givesTheSameRows(GoldReport report) throws SQLException {
    ReportAnswer answer = answer(report, null, "country!:FR");

    try (Connection connection = gold.connect();
        Statement statement = connection.createStatement()) {
      assertThat(ReportRows.read(statement.executeQuery(answer.sql()), 100).rows())
          .isNotEmpty()
          .isEqualTo(answer.rows());
    }
  }

  @Test
  void cart_isThatOfItsLastSession() {
    assertThat(answer(GoldReport.CARTS, null, "device:mobile", "country:SE").rows()).isEmpty();
    assertThat(answer(GoldReport.CARTS, null, "device:desktop", "country:SE").rows())
        .extracting("carts", "purchased", "abandoned", "abandoned_value")
        .containsExactly(tuple(2L, 1L, 1L, Map.of("EUR", new BigDecimal("20.0000"))));
  }
}
