package io.weir.sink.gold;

import static io.weir.sink.gold.CellTopic.cell;
import static io.weir.sink.gold.CellTopic.country;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.lake.gold.GoldTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Removes old rows of gold, and lets late differences arrive afterwards. */
@ExtendWith(Servers.class)
class GoldRetentionIT {
  private static final long SETTLED = Instant.parse("2026-03-11T12:00:00Z").toEpochMilli();
  private static final long LIMIT = SETTLED - Duration.ofDays(10).toMillis();
  private static final long QUARTER = Duration.ofMinutes(15).toMillis();
  private static final KeepRules QUARTERS = new KeepRules(Duration.ofDays(10), Duration.ZERO);

  private static void progress(CellTopic topic, int partition, long settled) {
    var key = new GoldKey(Subject.PROGRESS, Grain.DAY, Dimension.ALL, false, 0, "UTC");
    topic.send(
        cell(key, settled, change -> change.setPartition(partition).setSettledUntil(settled)));
  }

  /** Sends a cell of two partitions. */
  private static void send(CellTopic topic, GoldKey key, long version) {
    topic.send(cell(key, version, _ -> {}), cell(key, version, change -> change.setPartition(1)));
  }

  private static void read(Lake lake, String cells) {
    TestSink factory = lake.factory(Clock.systemUTC());
    var loop =
        new SinkLoop(
            factory.gold(GoldTables.CELLS, lake.cells(), AvroSerde.goldCell()),
            factory.consumer("cells"));
    loop.start();
    Until.holds(() -> cells(lake).equals(cells), loop);
    loop.close();
  }

  private static String cells(Lake lake) {
    return lake.gold(
        "SELECT string_agg(grain || ' ' || value || ' ' || version || ' ' || partition, ', '"
            + " ORDER BY value, grain, partition) FROM gold.cells WHERE subject <> 'progress'");
  }

  @Test
  void oldQuarters_go_andADifferenceDoesNotBringBackHalfOfThem(Lake lake) throws SQLException {
    var retention = new GoldRetention(lake.postgres(), QUARTERS);
    try (var topic = CellTopic.create(lake)) {
      progress(topic, 0, SETTLED);
      progress(topic, 1, SETTLED + Duration.ofDays(90).toMillis());
      send(topic, country(Grain.QUARTER, LIMIT - QUARTER, "old"), 1);
      send(topic, country(Grain.QUARTER, LIMIT, "young"), 1);
      send(topic, country(Grain.DAY, 0, "zday"), 1);
      String young = "15m young 1 0, 15m young 1 1, day zday 1 0, day zday 1 1";
      read(lake, "15m old 1 0, 15m old 1 1, " + young);
      lake.change(
          "INSERT INTO gold.erased SELECT grain, dimension, bucket_start, is_bot, value, 1,"
              + " 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '{}', '{}' FROM gold.cells"
              + " WHERE partition = 0 AND subject = 'sessions'");

      assertThat(retention.dryRun()).isEqualTo(new GoldRetention.Result(2, 0));
      assertThat(retention.run()).isEqualTo(new GoldRetention.Result(2, 0));

      assertThat(cells(lake)).isEqualTo(young);
      assertThat(lake.gold("SELECT string_agg(value, ' ' ORDER BY value) FROM gold.erased"))
          .isEqualTo("young zday");
      topic.send(cell(country(Grain.QUARTER, LIMIT - QUARTER, "old"), 2, _ -> {}));
      topic.send(cell(country(Grain.DAY, 0, "zday"), 2, _ -> {}));
      read(lake, "15m young 1 0, 15m young 1 1, day zday 2 0, day zday 1 1");
      assertThat(retention.run().isEmpty()).isTrue();
    }
  }

  @Test
  void limit_doesNotGoBack_andAwaitsWritersThatSawTheFormerOne(Lake lake) throws Exception {
    lake.factory(Clock.systemUTC());
    lake.change("UPDATE gold.kept SET quarters_from = '2026-03-05T00:00:00Z'");
    try (var topic = CellTopic.create(lake)) {
      progress(topic, 0, SETTLED);
      send(topic, country(Grain.QUARTER, LIMIT + QUARTER, "old"), 1);
      send(topic, country(Grain.DAY, 0, "zday"), 1);
      read(lake, "day zday 1 0, day zday 1 1");
    }
    new GoldRetention(lake.postgres(), QUARTERS).run();
    assertThat(lake.gold("SELECT quarters_from AT TIME ZONE 'UTC' FROM gold.kept"))
        .isEqualTo("2026-03-05 00:00:00");

    lake.change("UPDATE gold.kept SET quarters_from = '-infinity'");
    try (var writer = lake.postgres().connect();
        var statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute(
          "INSERT INTO gold.cell_versions SELECT 'k', 1, false, now(), subject, '15m', '2026-02-01',"
              + " is_bot, dimension, 'held', partition, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,"
              + " 0, 0, 0, 0, 0, revenue, NULL, NULL, settled_until FROM gold.cell_versions"
              + " WHERE value = 'zday' AND partition = 0");
      var removed = new Thread[1];
      var result = new GoldRetention.Result[1];
      removed[0] = Thread.ofPlatform().start(() -> result[0] = run(lake));
      Until.holds(() -> lake.gold("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("1"));
      writer.commit();
      removed[0].join();
      assertThat(result[0]).isEqualTo(new GoldRetention.Result(1, 0));
    }
  }

  private static GoldRetention.Result run(Lake lake) {
    try {
      return new GoldRetention(lake.postgres(), QUARTERS).run();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oldSessions_stayByDefault_andGoBySetting(Lake lake) throws SQLException {
    try (var topic = CellTopic.create(lake)) {
      progress(topic, 0, SETTLED);
      send(topic, country(Grain.DAY, 0, "zday"), 1);
      read(lake, "day zday 1 0, day zday 1 1");
    }
    lake.change(
        """
        INSERT INTO gold.session_revisions (session_key, version, retracted, start_time)
          SELECT 'old' || n, 1, false, '2026-02-01'::timestamptz FROM generate_series(1, 12000) AS n
          UNION ALL SELECT 'young', 1, false, '2026-03-01T12:00:00Z';
        INSERT INTO gold.score_revisions (session_key, version, retracted, session_start)
          VALUES ('old1', 1, false, '2026-02-01'), ('young', 1, false, '2026-03-01T12:00:00Z');
        INSERT INTO gold.click_score_versions (event_id, version, retracted, event_time)
          VALUES ('old1', 1, false, '2026-02-01'), ('young', 1, false, '2026-03-01T12:00:00Z');
        INSERT INTO gold.return_score_revisions (session_key, version, retracted, session_start)
          VALUES ('old1', 1, false, '2026-02-01'), ('young', 1, false, '2026-03-01T12:00:00Z');
        """);

    assertThat(new GoldRetention(lake.postgres(), QUARTERS).run().isEmpty()).isTrue();
    var retention =
        new GoldRetention(lake.postgres(), new KeepRules(Duration.ofDays(10), Duration.ofDays(10)));
    assertThat(retention.dryRun()).isEqualTo(new GoldRetention.Result(0, 12_003));
    assertThat(retention.run()).isEqualTo(new GoldRetention.Result(0, 12_003));

    assertThat(lake.gold("SELECT string_agg(session_key, ' ') FROM gold.session_revisions"))
        .isEqualTo("young");
    assertThat(lake.gold("SELECT string_agg(session_key, ' ') FROM gold.score_revisions"))
        .isEqualTo("young");
    assertThat(lake.gold("SELECT string_agg(session_key, ' ') FROM gold.session_return_scores"))
        .isEqualTo("young");
    assertThat(lake.gold("SELECT string_agg(event_id, ' ') FROM gold.click_scores"))
        .isEqualTo("young");
  }

  @Test
  void scoresGoFirst_andTheLimitIsStoredBefore(Lake lake) throws SQLException {
    try (var topic = CellTopic.create(lake)) {
      progress(topic, 0, SETTLED);
      send(topic, country(Grain.DAY, 0, "zday"), 1);
      read(lake, "day zday 1 0, day zday 1 1");
    }
    lake.change(
        """
        INSERT INTO gold.session_revisions (session_key, version, retracted, start_time)
          VALUES ('old', 1, false, '2026-02-01');
        INSERT INTO gold.score_revisions (session_key, version, retracted, session_start)
          VALUES ('old', 1, false, '2026-02-01');
        CREATE FUNCTION gold.fail() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN RAISE EXCEPTION ''no''; END';
        CREATE TRIGGER fails BEFORE DELETE ON gold.session_revisions
          FOR EACH STATEMENT EXECUTE FUNCTION gold.fail()
        """);
    var retention =
        new GoldRetention(lake.postgres(), new KeepRules(Duration.ofDays(10), Duration.ofDays(10)));

    retention.dryRun();
    assertThat(lake.gold("SELECT sessions_from FROM gold.kept")).isEqualTo("-infinity");
    assertThatThrownBy(retention::run).hasMessageContaining("no");

    assertThat(lake.gold("SELECT count(*) FROM gold.score_revisions")).isEqualTo("0");
    assertThat(lake.gold("SELECT sessions_from AT TIME ZONE 'UTC' FROM gold.kept"))
        .isEqualTo("2026-03-01 12:00:00");
  }

  @Test
  void oldMonthsOfRestatements_goByTheirSetting(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    lake.change(
        """
        SELECT gold.add_restatement_month('2040-05-01Z');
        SELECT gold.add_restatement_month('2040-06-01Z');
        INSERT INTO gold.session_revisions (session_key, version, retracted, start_time, is_bot,
            duration_ms, events, page_views, product_views, searches, ad_impressions, ad_clicks,
            add_to_carts, remove_from_carts, checkouts, purchases, late_events)
          SELECT n, 1, false, '2026-02-01', false, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1
          FROM generate_series(4, 8) AS n;
        UPDATE gold.restatements
          SET restated_at = make_timestamptz(2040, session_key::integer, 15, 0, 0, 0, 'UTC');
        """);
    String left = "SELECT string_agg(session_key, ' ' ORDER BY restated_at) FROM gold.restatements";
    Duration age = Duration.between(Instant.now(), Instant.parse("2040-07-02T00:00:00Z"));
    var retention = new GoldRetention(lake.postgres(), restatements(age.negated()));

    assertThat(new GoldRetention(lake.postgres(), QUARTERS).run().isEmpty()).isTrue();
    assertThat(lake.gold(left)).isEqualTo("4 5 6 7 8");
    // The months from now on are as old.
    assertThat(retention.dryRun()).isEqualTo(new GoldRetention.Result(0, 0, 5, 1, 0));
    assertThat(retention.run()).isEqualTo(new GoldRetention.Result(0, 0, 5, 1, 0));

    assertThat(lake.gold(left)).isEqualTo("7 8");
    assertThat(retention.run()).isEqualTo(new GoldRetention.Result(0, 0, 3, 0, 0));
    assertThat(lake.gold("SELECT string_agg(part, ' ' ORDER BY part) FROM gold.restatement_months"))
        .doesNotContain("2040")
        .contains("gold.restatements_rest");
  }

  @Test
  void restatementsInUse_stayUntilTheNextTime_andAlertsGo(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    lake.change(
        """
        INSERT INTO gold.alert_rules VALUES ('runs', '', '2020-01-01Z', '2020-01-02Z');
        INSERT INTO gold.alerts VALUES
          ('runs', '2020-01-01Z', '2020-01-02Z', true, 1, 0, 0, '2020-01-02Z'),
          ('runs', '2020-01-02Z', '2020-01-03Z', true, 1, 0, 0, '2020-01-02Z'),
          ('gone', '2020-01-02Z', '2020-01-03Z', true, 1, 0, 0, '2020-01-02Z'),
          ('gone', '2020-01-03Z', '2020-01-04Z', true, 1, 0, 0, now());
        INSERT INTO gold.alert_calls
            (idempotency_key, rule, window_start, body, next_attempt_at, delivered_at) VALUES
          ('old', 'runs', '2020-01-01Z', '', '2020-01-02Z', '2020-01-02Z'),
          ('open', 'runs', '2020-01-02Z', '', '2020-01-02Z', NULL),
          ('young', 'gone', '2020-01-02Z', '', '2020-01-02Z', now());
        """);
    var rules =
        new KeepRules(Duration.ofDays(10), Duration.ZERO, Duration.ofDays(40), Duration.ofDays(35));
    var retention = new GoldRetention(lake.postgres(), rules);
    assertThat(retention.dryRun()).isEqualTo(new GoldRetention.Result(0, 0, 0, 0, 3));

    try (var reader = lake.postgres().connect();
        var statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT count(*) FROM gold.restatements");
      lake.change("ALTER FUNCTION gold.add_restatement_month RENAME TO former");
      lake.change(
          "CREATE FUNCTION gold.add_restatement_month(wanted timestamptz) RETURNS void LANGUAGE"
              + " sql AS 'LOCK TABLE gold.restatements_rest IN ACCESS EXCLUSIVE MODE'");

      assertThat(retention.run()).isEqualTo(new GoldRetention.Result(0, 0, 0, 0, 3));
      reader.rollback();
    }

    assertThat(lake.gold("SELECT string_agg(idempotency_key, ' ') FROM gold.alert_calls"))
        .isEqualTo("open young");
    assertThat(lake.gold("SELECT string_agg(rule || revision, ' ' ORDER BY rule) FROM gold.alerts"))
        .isEqualTo("gone1 runs1");
  }

  @Test
  void monthInUse_staysWithThoseAfterIt_andTheResultHasThoseBefore(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    lake.change(
        """
        SELECT gold.add_restatement_month('2040-05-01Z');
        SELECT gold.add_restatement_month('2040-06-01Z');
        SELECT gold.add_restatement_month('2040-07-01Z');
        """);
    Duration age = Duration.between(Instant.now(), Instant.parse("2040-08-02T00:00:00Z"));
    var retention = new GoldRetention(lake.postgres(), restatements(age.negated()));

    try (var reader = lake.postgres().connect();
        var statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT count(*) FROM gold.restatements_2040_06");

      // The three months from now on, and May.
      assertThat(retention.run()).isEqualTo(new GoldRetention.Result(0, 0, 4, 0, 0));
      reader.rollback();
    }

    assertThat(
            lake.gold(
                "SELECT string_agg(part, ' ' ORDER BY part) FROM gold.restatement_months"
                    + " WHERE part LIKE '%2040%'"))
        .isEqualTo("gold.restatements_2040_06 gold.restatements_2040_07");
    assertThat(retention.run()).isEqualTo(new GoldRetention.Result(0, 0, 5, 0, 0));
  }

  @Test
  void monthThatAViewNeeds_stays_andTheNextOneGoes(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    lake.change(
        """
        SELECT gold.add_restatement_month('2040-05-01Z');
        SELECT gold.add_restatement_month('2040-06-01Z');
        CREATE VIEW gold.mine AS SELECT cause FROM gold.restatements_2040_05;
        """);
    Duration age = Duration.between(Instant.now(), Instant.parse("2040-07-02T00:00:00Z"));
    var retention = new GoldRetention(lake.postgres(), restatements(age.negated()));

    retention.run();

    assertThat(lake.gold("SELECT string_agg(part, ' ') FROM gold.restatement_months"))
        .contains("2040_05")
        .doesNotContain("2040_06");
    lake.change("DROP VIEW gold.mine");
    retention.run();
    assertThat(lake.gold("SELECT string_agg(part, ' ') FROM gold.restatement_months"))
        .doesNotContain("2040");
  }

  @Test
  void failureOfMonths_comesAfterAllElse(Lake lake) throws SQLException {
    try (var topic = CellTopic.create(lake)) {
      progress(topic, 0, SETTLED);
      send(topic, country(Grain.QUARTER, LIMIT, "young"), 1);
      send(topic, country(Grain.DAY, 0, "zday"), 1);
      read(lake, "15m young 1 0, 15m young 1 1, day zday 1 0, day zday 1 1");
    }
    lake.change(
        """
        INSERT INTO gold.alerts VALUES
          ('gone', '2020-01-02Z', '2020-01-03Z', true, 1, 0, 0, '2020-01-02Z');
        ALTER FUNCTION gold.add_restatement_month RENAME TO former;
        CREATE FUNCTION gold.add_restatement_month(wanted timestamptz) RETURNS void
          LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no month''; END';
        """);
    var rules =
        new KeepRules(Duration.ofDays(9), Duration.ZERO, Duration.ZERO, Duration.ofDays(35));

    assertThatThrownBy(new GoldRetention(lake.postgres(), rules)::run)
        .hasMessageContaining("no month");

    assertThat(cells(lake)).isEqualTo("day zday 1 0, day zday 1 1");
    assertThat(lake.gold("SELECT count(*) FROM gold.alerts")).isEqualTo("0");
  }

  private static KeepRules restatements(Duration kept) {
    return new KeepRules(Duration.ofDays(10), Duration.ZERO, kept, Duration.ZERO);
  }

  @Test
  void goldWithoutProgress_isLeftAlone(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());
    lake.change(
        "INSERT INTO gold.session_revisions (session_key, version, retracted, start_time)"
            + " VALUES ('old', 1, false, '2001-01-01')");

    var rules = new KeepRules(Duration.ofDays(1), Duration.ofDays(1));
    assertThat(new GoldRetention(lake.postgres(), rules).run().isEmpty()).isTrue();
    assertThat(lake.maintain(0, "--dry-run")).contains("gold: 0 old cells of 15 minutes");
  }
}
