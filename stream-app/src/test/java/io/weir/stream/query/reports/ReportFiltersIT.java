package io.weir.stream.query.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.contract.avro.Session;
import io.weir.stream.query.metrics.GoldServer;
import io.weir.stream.query.metrics.RefusedQuery;
import io.weir.stream.query.metrics.SessionTable;
import io.weir.testkit.TestSessions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of some of the sessions: filters as people write them, and values as attackers do. */
class ReportFiltersIT {
  private static final String ODD = "x' OR '1'='1 \\ {by} {from} ? $1 --";
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
              insert(connection, session("a").setCountry("DE").setDevice("mobile").setEvents(2));
              insert(connection, session("b").setCountry("DE").setDevice("desktop").setEvents(3));
              insert(connection, session("c").setCountry("FR").setDevice("mobile").setEvents(3));
              insert(connection, session("d").setCountry(null).setDevice("mobile").setEvents(9));
              insert(connection, session("e").setCountry(null).setCampaignName(ODD).setEvents(50));
              insert(
                  connection, session("robot").setCountry("DE").setDevice("mobile").setIsBot(true));
              try (Statement statement = connection.createStatement()) {
                statement.execute(
                    "INSERT INTO gold.lake_tables VALUES ('silver.events', 2, 1, 70, 9000000000, 3, NULL)");
                statement.execute(
                    "INSERT INTO gold.reconciliations (subject, side, compared, different, moving, is_cut,"
                        + " snapshot_id) VALUES ('sessions', 'gold', 7, 0, 0, false, 9007199254740993)");
              }
            });
    reports = new SessionReports(Optional.of(gold.database()), ZoneOffset.UTC, CLOCK);
  }

  private static Session.Builder session(String visitor) {
    long time = Instant.parse("2026-03-09T10:00:00Z").toEpochMilli();
    return TestSessions.session(visitor, 1)
        .setStartTime(time)
        .setEndTime(time + 60_000)
        .setDurationMs(60_000)
        .setPageViews(1)
        .setPurchases(0)
        .setIsBot(false)
        .setDevice(null)
        .setCampaignName(null)
        .setFunnelStep(1);
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

  /** The sessions of the first row. */
  private static @Nullable Object sessions(GoldReport report, String... filters) {
    return answer(report, null, filters).rows().getFirst().get("sessions");
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDERED_FUNNEL", "REACHED"})
  void someOfTheSessions_areCounted(GoldReport report) {
    assertThat(sessions(report)).isEqualTo(5L);
    assertThat(sessions(report, "country:DE")).isEqualTo(2L);
    assertThat(sessions(report, "country!:DE")).isEqualTo(3L);
    assertThat(sessions(report, "country:")).isEqualTo(2L);
    assertThat(sessions(report, "country!:DE", "device:mobile")).isEqualTo(2L);
    assertThat(sessions(report, "device:mobile", "device:mobile")).isEqualTo(3L);
  }

  @Test
  void distribution_hasTheClassesOfThese() {
    assertThat(answer(GoldReport.DISTRIBUTION, "events", "device:mobile").rows())
        .extracting(row -> row.get("lower_bound"), row -> row.get("sessions"))
        .containsExactlyInAnyOrder(tuple(2L, 1L), tuple(3L, 1L), tuple(6L, 1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {ODD, "'", "''", "\\", "?", "{to}", "Ünïcödé"})
  void valueOfAnyForm_isAValue_alsoInTheSqlThatIsShown(String value) throws SQLException {
    ReportAnswer answer = answer(GoldReport.REACHED, null, "campaign:" + value);

    assertThat(answer.rows().getFirst()).containsEntry("sessions", value.equals(ODD) ? 1L : 0L);
    assertThat(answer.filters()).containsExactly("campaign:" + value);
    try (Connection connection = gold.connect();
        Statement statement = connection.createStatement()) {
      assertThat(ReportRows.read(statement.executeQuery(answer.sql()), 100).rows())
          .isEqualTo(answer.rows());
    }
  }

  @Test
  void answersOfOtherFilters_areNotTakenForThese() {
    assertThat(sessions(GoldReport.REACHED, "country:FR")).isEqualTo(1L);
    assertThat(sessions(GoldReport.REACHED, "country:DE")).isEqualTo(2L);
    assertThat(sessions(GoldReport.REACHED, "country!:FR")).isEqualTo(4L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REACHED|country|is not a dimension, a colon and a value",
        "REACHED|page:/a|is none of device, browser",
        "REACHED|:x|is none of device, browser",
        "RETENTION_DAILY|page:/a|is none of device, browser",
        "CHANGES|country:DE|changes takes no filter",
        "LAKE_TABLES|country:DE|lake_tables takes no filter"
      })
  void filterThatCannotHold_isRefused(GoldReport report, String filter, String reason) {
    assertThatThrownBy(() -> answer(report, null, filter))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining(reason);
  }

  @Test
  void nul_isRefused() {
    assertThatThrownBy(() -> answer(GoldReport.REACHED, null, "country:\0"))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining("no value has a NUL");
  }

  @Test
  void twoValuesOfADimension_areRefused() {
    assertThatThrownBy(() -> answer(GoldReport.REACHED, null, "country:DE", "country:FR"))
        .isInstanceOf(RefusedQuery.class)
        .hasMessageContaining("one for each is right");
  }

  @Test
  void reconciliationsAndTables_areToldWhateverTheDays() {
    assertThat(answer(GoldReport.LAKE_TABLES, null).rows().getFirst())
        .containsEntry("table_name", "silver.events")
        .containsEntry("bytes", 9_000_000_000L)
        .containsEntry("committed_at", null)
        .containsEntry("committed_s_ago", null)
        .hasEntrySatisfying(
            "seen_s_ago", seconds -> assertThat((Long) seconds).isBetween(0L, 600L));
    // A browser would round the id if it were a number.
    assertThat(answer(GoldReport.RECONCILIATIONS, null).rows().getFirst())
        .containsEntry("compared", 7L)
        .containsEntry("is_cut", false)
        .containsEntry("snapshot_id", "9007199254740993");
  }
}
