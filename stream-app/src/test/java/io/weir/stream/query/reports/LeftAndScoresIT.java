package io.weir.stream.query.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.weir.contract.avro.Session;
import io.weir.stream.query.metrics.GoldServer;
import io.weir.stream.query.metrics.SessionTable;
import io.weir.testkit.TestSessions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

/** What sessions left in their carts, and their scores, on the schema as lake-sink creates it. */
class LeftAndScoresIT {
  private static final String SHOE =
      "{\"product\": \"shoe\", \"category\": \"wear\", \"quantity\": 2, \"value\": {\"EUR\": 40.5}}";
  private static final String SOCK =
      "{\"product\": \"sock\", \"category\": \"wear\", \"quantity\": 1, \"value\": {\"USD\": 3}}";
  private static final String GONE =
      "{\"product\": \"gone\", \"category\": null, \"quantity\": -1, \"value\": {\"EUR\": -9}}";
  private static final long TIME = Instant.parse("2026-03-09T10:00:00Z").toEpochMilli();

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
              insert(connection, cart("a").setDevice("mobile"), SHOE + "," + SOCK, 0.004);
              insert(connection, cart("b").setDevice("desktop"), SHOE + "," + GONE, 0.015);
              insert(connection, cart("c").setDevice("mobile"), "", 0.015);
              Session.Builder robot = cart("robot").setDevice("mobile").setIsBot(true);
              insert(connection, robot, SHOE, 0.6);
              insertReturn(connection, robot, 0.3);
              Session.Builder person = cart("e").setDevice("tv").setIsCartAbandoned(false);
              insert(connection, person, "", 0.03);
              insertReturn(connection, person, 0.3);
              insertClick(connection, 0.07);
              insertOfEarlierVersion(connection, cart("old").setDevice("desktop"));
              Session.Builder bought = cart("d").setDevice("mobile").setPurchases(1);
              insert(connection, bought.setIsConverted(true).setIsCartAbandoned(false), SHOE, 1);
            });
    reports = new SessionReports(Optional.of(gold.database()), ZoneOffset.UTC, Clock.systemUTC());
  }

  private static Session.Builder cart(String visitor) {
    return TestSessions.session(visitor, 1)
        .setStartTime(TIME)
        .setEndTime(TIME + 60_000)
        .setAddToCarts(2)
        .setPurchases(0)
        .setIsConverted(false)
        .setIsCartAbandoned(true)
        .setCartValueE4(Map.of("EUR", 405_000L, "USD", -5L))
        .setIsBot(false);
  }

  private static void insert(
      Connection connection, Session.Builder session, String products, double score)
      throws SQLException {
    Session row = session.build();
    SessionTable.insert(connection, row, false);
    String sql = "UPDATE gold.session_revisions SET cart_products = ?::jsonb WHERE session_key = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, "[" + products + "]");
      statement.setString(2, row.getSessionKey());
      statement.executeUpdate();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO gold.score_revisions (session_key, version, retracted, session_start,
            conversion_score, model_name, model_version, scored_at)
          VALUES ('%s', 1, false, '2026-03-09Z', %s, 'conversion', 'v1', '2026-03-09T11:00Z')
          """
              .formatted(row.getSessionKey(), score));
    }
  }

  private static void insertReturn(Connection connection, Session.Builder session, double score)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO gold.return_score_revisions (session_key, version, retracted, session_start,
            return_score, model_name, model_version, scored_at)
          VALUES ('%s', 1, false, '2026-03-09Z', %s, 'return', 'r1', '2026-03-09T11:00Z')
          """
              .formatted(session.build().getSessionKey(), score));
    }
  }

  private static void insertClick(Connection connection, double score) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO gold.click_score_versions (event_id, version, retracted, event_time,
            click_score, model_name, model_version, scored_at)
          VALUES ('i', 1, false, '2026-03-09T10:00Z', %s, 'click', 'c1', '2026-03-09T10:00Z')
          """
              .formatted(score));
    }
  }

  /** A row from before there were products of carts. */
  private static void insertOfEarlierVersion(Connection connection, Session.Builder session)
      throws SQLException {
    SessionTable.insert(connection, session.build(), false);
  }

  @AfterAll
  static void stop() {
    gold.close();
  }

  private static List<Map<String, @Nullable Object>> rows(
      GoldReport report, @Nullable String by, String... filters) {
    var request = new ReportRequest("2026-03-09", "2026-03-09", by, List.of(filters));
    return List.copyOf(reports.answer(report, request).rows());
  }

  @Test
  void productsThatAreLeft_countOnceForEachSession() {
    assertThat(rows(GoldReport.LEFT_IN_CARTS, "product"))
        .extracting(row -> row.get("value"), row -> row.get("carts"), row -> row.get("left_value"))
        .containsExactly(
            tuple("shoe", 2L, Map.of("EUR", new BigDecimal("81.0"))),
            tuple("sock", 1L, Map.of("USD", new BigDecimal("3"))));
    assertThat(rows(GoldReport.LEFT_IN_CARTS, "category"))
        .extracting(row -> row.get("value"), row -> row.get("carts"), row -> row.get("quantity"))
        .containsExactly(tuple("wear", 2L, new BigDecimal("5")));
  }

  @Test
  void filters_areOnTheSession() {
    assertThat(rows(GoldReport.LEFT_IN_CARTS, "product", "device:mobile"))
        .extracting(row -> row.get("value"), row -> row.get("carts"))
        .containsExactly(tuple("shoe", 1L), tuple("sock", 1L));
    assertThat(rows(GoldReport.LEFT_IN_CARTS, "product", "device:tablet")).isEmpty();
  }

  @Test
  void wholeCarts_haveTheirOwnValue_alsoWithoutProducts() {
    assertThat(rows(GoldReport.LEFT_IN_CARTS, "device"))
        .extracting(row -> row.get("value"), row -> row.get("carts"), row -> row.get("quantity"))
        .containsExactly(
            tuple("mobile", 2L, new BigDecimal("3")), tuple("desktop", 1L, new BigDecimal("2")));
    assertThat(rows(GoldReport.LEFT_IN_CARTS, "device", "device:desktop").getFirst())
        .containsEntry("left_value", Map.of("EUR", new BigDecimal("40.5000")));
  }

  @Test
  void sessionsOfAnEarlierVersion_areInNoneOfTheseNumbers_asInCells() {
    assertThat(rows(GoldReport.LEFT_IN_CARTS, "app"))
        .extracting(row -> row.get("carts"))
        .containsExactly(3L);
  }

  @Test
  void scores_areOfPeople_andSayWhatCameTrue() {
    assertThat(rows(GoldReport.MODEL_SCORES, null))
        .extracting(
            row -> row.get("model_version"),
            row -> row.get("lower_bound"),
            row -> row.get("upper_bound"),
            row -> row.get("scores"),
            row -> row.get("came_true"))
        .containsExactly(
            tuple("v1", 0.0, 0.01, 1L, 0L),
            tuple("v1", 0.01, 0.02, 2L, 0L),
            tuple("v1", 0.02, 0.05, 1L, 0L),
            tuple("v1", 0.5, 1.0, 1L, 1L),
            tuple("c1", 0.05, 0.1, 1L, null),
            tuple("r1", 0.2, 0.5, 1L, null));
  }

  @Test
  void whatMayStillComeTrue_isEmptyInCsv() {
    var request = new ReportRequest("2026-03-09", "2026-03-09", null, List.of());
    String csv = ReportCsv.of(reports.answer(GoldReport.MODEL_SCORES, request));
    assertThat(csv.lines().filter(line -> line.startsWith("returns,")))
        .singleElement(STRING)
        .startsWith("returns,return,r1,0.2,0.5,1,0.3,,");
  }
}
