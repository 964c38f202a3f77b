package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.Session;
import io.weir.lake.gold.Postgres;
import io.weir.lake.table.LakeTables;
import io.weir.process.StartupException;
import io.weir.testkit.RealPostgres;
import io.weir.training.drift.DriftFound;
import io.weir.training.drift.DriftSearch;
import io.weir.training.drift.GoldChallengers;
import io.weir.training.drift.ReturnSearch;
import io.weir.training.drift.WatchBook;
import io.weir.training.rescore.Rescore;
import io.weir.training.rescore.RescoreBook;
import io.weir.training.rescore.RescoreBook.Written;
import io.weir.training.returning.PlantedReturns;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.ModelVersion;
import io.weir.training.session.PlantedSessions;
import io.weir.training.session.SessionLake;
import io.weir.training.session.StoredScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands about models write, in the tables that lake-sink makes. */
class WatchIT {
  private static final Path TABLES = Path.of("../lake-sink/src/main/resources/db/gold");
  private static final ModelVersion STARTER = new ModelVersion("conversion", "starter-demo-4");
  private static final Instant DAY = Instant.parse("2026-11-02T00:00:00Z");
  private static final Instant NEXT = Instant.parse("2026-11-03T00:00:00Z");

  @TempDir private static Path folder;
  private static RealPostgres server;
  private static Postgres postgres;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = RealPostgres.start(folder);
    postgres = new Postgres(server.url(), "postgres", "postgres");
    change("CREATE SCHEMA gold");
    change(
        "CREATE TABLE gold.challenger_scores (session_key text, version bigint, model_name text,"
            + " model_version text, session_start timestamptz, conversion_score float8,"
            + " scored_at timestamptz)");
    change(Files.readString(TABLES.resolve("V24__models.sql")));
    change(Files.readString(TABLES.resolve("V25__model_comparisons.sql")));
    change(Files.readString(TABLES.resolve("V28__returns_watched.sql")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void change(String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String gold(String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  @Test
  void drift_isWrittenAsFound() throws SQLException {
    List<Session> sessions = PlantedSessions.planted(300, new Random(1));
    var lake = new SessionLake();
    lake.append(sessions);
    lake.appendScores(
        sessions.stream()
            .map(each ->
                new StoredScore(
                    each.getSessionKey(), 0, 0.25, STARTER, each.getStartTime(), 0, List.of()))
            .toList());
    var models = new ModelFolder(folder.resolve("none"), Clock.systemUTC());
    challenge(sessions.get(3), DAY);
    challenge(sessions.get(4), DAY);
    challenge(sessions.get(5), NEXT);
    DriftFound found;
    try (LakeReader reader = lake.reader()) {
      var challengers = new GoldChallengers(postgres, DAY, NEXT);
      found = new DriftSearch(models::trained).run(reader, Range.ALL, challengers);
    }
    var book = new WatchBook(postgres);

    book.write(new WatchBook.Occasion(NEXT, DAY, NEXT), List.of(found));

    assertThat(
            gold(
                "SELECT concat_ws(' ', subject, model_version, sessions, outcomes, sampled_share,"
                    + " mean_score, trained_at IS NOT NULL, score_psi > 0.25, remark)"
                    + " FROM gold.model_watches WHERE watched_at = '2026-11-03Z'"))
        .isEqualTo("sessions starter-demo-4 300 300 1 0.25 t t");
    assertThat(gold("SELECT count(*) FROM gold.model_drift"))
        .isEqualTo(String.valueOf(found.watches().getFirst().drifts().size()));
    assertThat(
            gold(
                "SELECT bool_and(abs(1 - (SELECT sum((c ->> 'recent')::float8)"
                    + " FROM jsonb_array_elements(classes) AS c)) < 1e-9) FROM gold.model_drift"))
        .isEqualTo("t");
    assertThat(
            gold(
                "SELECT concat_ws(' ', watched_at = '2026-11-03Z', champion_version,"
                    + " challenger_version, sessions, challenger_log_loss > 0, log_loss_low <="
                    + " log_loss_high, auc_low, verdict) FROM gold.model_comparisons"))
        .isEqualTo("t starter-demo-4 v2 2 t t too_few");
    // The same run again is refused as a whole, and so are tables that are not there.
    assertThatThrownBy(() -> book.write(new WatchBook.Occasion(NEXT, DAY, NEXT), List.of(found)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("gold.model_watches cannot be written: ");
  }

  /** The outcomes of a new return model are known eight days later. */
  @Test
  void returnsWithoutOutcomes_areWrittenToo() throws SQLException {
    Session session = PlantedReturns.session("v", 1, DAY.toEpochMilli(), 2);
    var lake = new SessionLake();
    lake.append(List.of(session));
    lake.append(
        LakeTables.RETURN_SCORES,
        List.of(
            Map.of(
                "session_key",
                session.getSessionKey(),
                "visitor_id",
                session.getVisitorId(),
                "session_start",
                session.getStartTime(),
                "return_score",
                0.4,
                "model_name",
                "p_return_7d",
                "model_version",
                "v1")));
    var models = ModelFolder.ofReturns(folder.resolve("none"), Clock.systemUTC());
    DriftFound found;
    try (LakeReader reader = lake.reader()) {
      found = new ReturnSearch(models::trained).run(reader, DAY, NEXT);
    }
    Instant later = NEXT.plusSeconds(60);

    new WatchBook(postgres).write(new WatchBook.Occasion(later, DAY, NEXT), List.of(found));

    assertThat(
            gold(
                "SELECT concat_ws(' ', subject, model_name, sessions, outcomes, conversions,"
                    + " mean_score, log_loss, auc, calibration_error, score_psi, remark)"
                    + " FROM gold.model_watches WHERE subject = 'returns'"))
        .isEqualTo("returns p_return_7d 1 0 0 0.4 the folder of models has no such version");
    assertThat(DriftText.of(found, found.watches().getFirst()))
        .isEqualTo(
            "p_return_7d v1: 1 sessions, none with an outcome yet, mean score 0.4000%n".formatted()
                + "  the folder of models has no such version");
  }

  private static void challenge(Session session, Instant start) throws SQLException {
    change(
        "INSERT INTO gold.challenger_scores VALUES ('%s', 0, 'conversion', 'v2', '%s', 0.5, now())"
            .formatted(session.getSessionKey(), start));
  }

  private static Rescore row(String key, int revision, double score, Instant start) {
    return new Rescore(key, "v", revision, start.toEpochMilli(), score, STARTER);
  }

  private static Written write(RescoreBook book, Instant from, Rescore... rows) {
    return book.write(from, from.plusSeconds(86_400), to -> Arrays.stream(rows).forEach(to));
  }

  @Test
  void rescores_areTheSameAfterASecondRun_andFollowTheLake() throws SQLException {
    var other = new ModelVersion("conversion", "other");
    try (var book = RescoreBook.open(postgres, STARTER);
        var beside = RescoreBook.open(postgres, other)) {
      assertThat(write(book, DAY, row("a", 0, 0.1, DAY), row("b", 0, 0.2, DAY)))
          .isEqualTo(new Written(2, 2, 0));
      assertThat(write(book, NEXT, row("c", 0, 0.3, NEXT))).isEqualTo(new Written(1, 1, 0));
      write(beside, DAY, row("a", 0, 0.9, DAY));
      change("UPDATE gold.rescores SET scored_at = '2026-01-01Z'");

      assertThat(write(book, DAY, row("a", 0, 0.1, DAY), row("b", 0, 0.2, DAY)))
          .isEqualTo(new Written(2, 0, 0));
      assertThat(gold("SELECT count(*) FROM gold.rescores WHERE scored_at = '2026-01-01Z'"))
          .isEqualTo("4");
      // A revised session, and one that was merged into another.
      assertThat(write(book, DAY, row("b", 0, 0.2, DAY), row("b", 1, 0.5, DAY)))
          .isEqualTo(new Written(2, 1, 1));
    }

    assertThat(
            gold(
                "SELECT string_agg(concat_ws(':', session_key, model_version, session_revision,"
                    + " conversion_score), ' ' ORDER BY session_key, model_version)"
                    + " FROM gold.rescores"))
        .isEqualTo("a:other:0:0.9 b:starter-demo-4:1:0.5 c:starter-demo-4:0:0.3");
  }

  @Test
  void dayThatFailsInTheMiddle_leavesNothing() throws SQLException {
    var third = new ModelVersion("conversion", "third");
    try (var book = RescoreBook.open(postgres, third)) {
      assertThatThrownBy(() ->
              book.write(
                  DAY,
                  NEXT,
                  to -> {
                    to.accept(row("x", 0, 0.1, DAY));
                    throw new IllegalStateException("the lake is gone");
                  }))
          .hasMessage("the lake is gone");
    }

    assertThat(gold("SELECT count(*) FROM gold.rescores WHERE model_version = 'third'"))
        .isEqualTo("0");
  }
}
