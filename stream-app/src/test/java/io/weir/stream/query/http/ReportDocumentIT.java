package io.weir.stream.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.avro.Session;
import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.stream.query.metrics.GoldServer;
import io.weir.stream.query.metrics.SessionTable;
import io.weir.stream.query.reports.ReportAnswer;
import io.weir.stream.query.reports.SessionReports;
import io.weir.testkit.OpenApiSchema;
import io.weir.testkit.TestSessions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each report answers is what the OpenAPI document says: a column that one of both lacks, and
 * a null that the document does not know, fail here.
 */
class ReportDocumentIT {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-12T10:00:00Z"), ZoneOffset.UTC);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each table of books with a row that has all columns, and one that has no more than it must. */
  private static final String BOOKS =
      """
      INSERT INTO gold.reconciliations (subject, side, from_time, to_time, compared, different, moving,
        is_cut, snapshot_id)
      VALUES ('all', 'gold', now(), now(), 3, 2, 1, true, 7), ('sessions', 'REST', NULL, NULL, 0, 0, 0,
        false, NULL);
      INSERT INTO gold.lake_tables (table_name, files, delete_files, rows, bytes, snapshots, committed_at)
      VALUES ('silver.sessions', 1, 2, 3, 4, 5, now()), ('silver.events', 0, 0, 0, 0, 0, NULL);
      INSERT INTO gold.model_watches (watched_at, from_time, to_time, model_name, model_version, sessions,
        conversions, sampled_share, mean_score, subject)
      VALUES ('2026-03-02Z', '2026-03-01Z', '2026-03-02Z', 'm', '1', 9, 0, 1, 0.4, 'returns');
      INSERT INTO gold.model_watches (watched_at, from_time, to_time, model_name, model_version, trained_at,
        sessions, outcomes, conversions, sampled_share, mean_score, auc, training_auc, log_loss,
        training_log_loss, constant_log_loss, calibration_error, training_calibration_error, score_psi,
        remark)
      VALUES ('2026-03-02Z', '2026-03-01Z', '2026-03-02Z', 'm', '2', now(), 9, 8, 1, 1, 0.4, 0.5, 0.5, 0.1,
        0.1, 0.2, 0.1, 0.1, 0.01, 'a remark');
      INSERT INTO gold.model_drift
      SELECT watch_id, '(score)', 0.1, 0, 0.5, '[{"label": "0", "training": 0.25, "recent": 1}]'
      FROM gold.model_watches;
      INSERT INTO gold.model_comparisons (watched_at, from_time, to_time, champion_name, champion_version,
        challenger_name, challenger_version, sessions, conversions, champion_log_loss, challenger_log_loss,
        log_loss_difference, verdict)
      VALUES ('2026-03-02Z', '2026-03-01Z', '2026-03-02Z', 'm', '1', 'm', '2', 1, 0, 0.1, 0.1, 0, 'too_few');
      INSERT INTO gold.model_comparisons
      VALUES ('2026-03-02Z', '2026-03-01Z', '2026-03-02Z', 'm', '2', 'm', '1', 9, 1, 0.1, 0.2, 0.1, 0, 0.2,
        0.5, 0.5, 0, -0.1, 0.1, 'no_difference');
      """;

  /** A cart with a product that has all fields and one that has none, and a score of each kind. */
  private static final String CARTS_AND_SCORES =
      """
      UPDATE gold.session_revisions
      SET cart_products = '[{"product": "shoe", "category": "wear", "quantity": 2, "value": {"EUR": 40.5}},
        {"product": null, "category": null, "quantity": 1, "value": {}}]'
      WHERE session_key = 'ben-1';
      INSERT INTO gold.score_revisions (session_key, version, retracted, session_start, conversion_score,
        model_name, model_version, scored_at)
      VALUES ('anna-1', 1, false, '2026-03-09T10:00Z', 0.015, 'm', '1', now()),
        ('ben-1', 1, false, '2026-03-09T12:00Z', 1, 'm', '1', now());
      INSERT INTO gold.click_score_versions (event_id, version, retracted, event_time, click_score, model_name,
        model_version, scored_at)
      VALUES ('e', 1, false, '2026-03-09T10:00Z', 0, 'm', '1', now());
      INSERT INTO gold.return_score_revisions (session_key, version, retracted, session_start, return_score,
        model_name, model_version, scored_at)
      VALUES ('anna-1', 1, false, '2026-03-09T10:00Z', 0.4, 'm', '1', now());
      """;

  @TempDir private static Path folder;
  private static GoldServer gold;
  private static WebServer server;

  @BeforeAll
  static void start() throws SQLException {
    gold =
        GoldServer.start(
            folder,
            Instant.parse("2026-03-10T23:00:00Z"),
            "UTC",
            connection -> {
              try (Statement statement = connection.createStatement()) {
                insert(connection, session("anna", 1, "2026-03-09T10:00:00Z", true));
                // A purchase without an amount.
                insert(
                    connection,
                    Session.newBuilder(session("dora", 1, "2026-03-09T10:00:00Z", true))
                        .setCampaignSource("mail")
                        .setRevenueE4(Map.of())
                        .build());
                insert(connection, session("ben", 1, "2026-03-09T12:00:00Z", false));
                insert(connection, session("cleo", 1, "2026-03-10T12:00:00Z", false));
                statement.execute(BOOKS);
                statement.execute(CARTS_AND_SCORES);
                restate(statement);
              }
            });
    server = WebServer.of(new ListenAddress("stream", "127.0.0.1", 0));
    server.register(new SessionReports(Optional.of(gold.database()), ZoneOffset.UTC, CLOCK));
    server.start();
  }

  /** Changes each number of two sessions, one of which is of a visitor who was erased later. */
  private static void restate(Statement statement) throws SQLException {
    statement.execute(
        "UPDATE gold.session_revisions SET version = 1, events = events + 1, late_events = 1"
            + " WHERE visitor_id IN ('ben', 'cleo')");
    statement.execute(
        """
        UPDATE gold.restatements SET
          sessions = 1, converted_sessions = 1, bounced_sessions = 1, cart_sessions = 1,
          checkout_sessions = 1, abandoned_sessions = 1, duration_ms = 1, events = 1, page_views = 1,
          product_views = 1, add_to_carts = 1, purchases = 1, revenue = '{"EUR": 1.2345}',
          refunded = '{"EUR": 0.5}';
        UPDATE gold.restatements SET visitor_id = NULL, old_revision = NULL WHERE visitor_id = 'cleo'
        """);
  }

  private static void insert(Connection connection, Session session) throws SQLException {
    SessionTable.insert(connection, session, false);
  }

  /**
   * A session.
   *
   * @param isFull whether it reached all steps
   */
  private static Session session(String visitor, int number, String start, boolean isFull) {
    long time = Instant.parse(start).toEpochMilli();
    Session.Builder session =
        TestSessions.session(visitor, number)
            .setStartTime(time)
            .setEndTime(time + 60_000)
            .setDurationMs(60_000)
            .setEvents(120)
            .setAddToCarts(1)
            .setIsConverted(isFull)
            .setIsCartAbandoned(!isFull)
            .setCartValueE4(Map.of("EUR", 12_500L))
            .setPurchases(isFull ? 1 : 0)
            .setRevision(0)
            .setIsBot(false)
            .setFunnelStep(isFull ? 4 : 0)
            .setRevenueE4(isFull ? Map.of("EUR", 12_345L) : Map.of());
    if (isFull) {
      session
          .setDevice("mobile")
          .setFunnelViewTime(time)
          .setFunnelCartTime(time + 1_500)
          .setFunnelCheckoutTime(time + 2_000)
          .setFunnelPurchaseTime(time + 3_000);
    } else {
      session.setDevice("desktop");
    }
    return session.build();
  }

  @AfterAll
  static void stop() {
    server.close();
    gold.close();
  }

  private static List<ReportAnswer.Definition> reports() {
    return ReportAnswer.ListOfReports.all().reports();
  }

  @ParameterizedTest
  @MethodSource("reports")
  void answers_fitTheDocument(ReportAnswer.Definition report) throws Exception {
    String document = ReportDocumentTest.document();
    OpenApiSchema described = ReportDocumentTest.answer(document, report.name());
    OpenApiSchema row = ReportDocumentTest.row(document, report.name());
    var nulls = new TreeSet<String>();
    List<String> ways = report.ways().isEmpty() ? List.of("") : report.ways();
    for (String way : ways) {
      Map<String, Object> answer = ask(report.name(), way);

      assertThat(described.faults(answer)).isEmpty();
      assertThat(answer.get("columns")).isEqualTo(List.copyOf(row.properties().keySet()));
      assertThat(rows(answer)).as(way).isNotEmpty();
      for (Map<String, Object> each : rows(answer)) {
        each.entrySet().stream()
            .filter(column -> column.getValue() == null)
            .map(Map.Entry::getKey)
            .forEach(nulls::add);
      }
    }

    assertThat(nulls).containsExactlyElementsOf(nullable(row));
  }

  private static Set<String> nullable(OpenApiSchema row) {
    var names = new TreeSet<String>();
    row.properties()
        .forEach((name, column) -> {
          if (column instanceof Map<?, ?> written && written.containsKey("nullable")) {
            names.add(name);
          }
        });
    return names;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rows(Map<String, Object> answer) {
    return (List<Map<String, Object>>) Objects.requireNonNull(answer.get("rows"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> ask(String report, String way) throws Exception {
    String query = "?from=2026-03-01&to=2026-03-12" + (way.isEmpty() ? "" : "&by=" + way);
    URI uri = URI.create(server.url() + "/v1/reports/" + report + query);
    HttpResponse<String> answer =
        HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readValue(answer.body(), Map.class);
  }
}
