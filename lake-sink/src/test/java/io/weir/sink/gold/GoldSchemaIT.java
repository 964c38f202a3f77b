package io.weir.sink.gold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.lake.gold.GoldColumn;
import io.weir.lake.gold.GoldTable;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.gold.Postgres;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.loop.Until;
import io.weir.testkit.RealPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Checks what the migrations make of the schemas {@code gold} and {@code bi}. */
@ExtendWith(Servers.class)
class GoldSchemaIT {
  /** All relations but the history of migrations, which Flyway makes. */
  private static final String RELATIONS =
      """
      FROM pg_class c
      WHERE relnamespace IN ('gold'::regnamespace, 'bi'::regnamespace)
        AND relkind IN ('r', 'p', 'v') AND relname <> 'schema_history'
      """;

  private static final String COLUMNS =
      """
      SELECT coalesce(string_agg(
        format('%s.%s %s %s', table_schema, table_name, column_name, data_type),
        chr(10) ORDER BY table_schema, table_name, ordinal_position), '')
      FROM information_schema.columns WHERE table_schema IN ('gold', 'bi')
      """;

  @Test
  void tables_haveTheColumnsThatTheCodeFills(Lake lake) {
    lake.factory(Clock.systemUTC());

    for (GoldTable<?> table : GoldTables.ALL) {
      var wanted = new ArrayList<String>();
      wanted.add(table.key().column() + " text");
      wanted.add("version bigint");
      wanted.add("retracted boolean");
      wanted.add("updated_at timestamptz");
      for (GoldColumn<?> column : table.columns()) {
        wanted.add(column.name() + " " + column.type());
      }
      assertThat(columns(lake, table.table())).isEqualTo(wanted);
      wanted.remove("retracted boolean");
      assertThat(columns(lake, table.view())).containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  @Test
  void databaseOfTheVersionBeforeMigrations_isTakenOver(Lake old, Lake fresh) throws IOException {
    old.change(resource("/db/before-migrations.sql"));
    old.change(
        """
        INSERT INTO gold.session_revisions (session_key, version, retracted, city)
          VALUES ('s', 1, false, 'Ulm');
        INSERT INTO gold.positions VALUES ('session_metrics', 0, 'id', 7);
        """);

    old.factory(Clock.systemUTC());
    fresh.factory(Clock.systemUTC());

    assertThat(old.gold("SELECT concat_ws(' ', session_key, version, city) FROM bi.fact_session"))
        .isEqualTo("s 1 Ulm");
    assertThat(old.gold("SELECT concat_ws(' ', relation, next_offset) FROM gold.positions"))
        .isEqualTo("session_metrics 7");
    assertThat(old.gold(COLUMNS)).isEqualTo(fresh.gold(COLUMNS));
    String history =
        "SELECT string_agg(version, ',' ORDER BY installed_rank) FROM gold.schema_history";
    assertThat(old.gold(history))
        .isEqualTo("0," + fresh.gold(history))
        .endsWith("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,23,24,25,26,28");
    old.factory(Clock.systemUTC());
    assertThat(old.gold(history)).isEqualTo("0," + fresh.gold(history));
  }

  @Test
  void everythingHasAComment(Lake lake) {
    lake.factory(Clock.systemUTC());

    assertThat(lake.gold("SELECT count(*) >= 33 " + RELATIONS)).isEqualTo("t");
    assertThat(
            lake.gold(
                "SELECT coalesce(string_agg(c.oid::regclass::text, ' '), '') "
                    + RELATIONS
                    + "AND obj_description(c.oid, 'pg_class') IS NULL"))
        .isEmpty();
    assertThat(
            lake.gold(
                """
                SELECT coalesce(string_agg(c.oid::regclass || '.' || attname, ' '), '')
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                WHERE attnum > 0 AND col_description(c.oid, attnum) IS NULL
                  AND c.oid IN (SELECT c.oid
                """
                    + RELATIONS
                    + ")"))
        .isEmpty();
  }

  @Test
  void comments_sayWhatThisVersionCounts(Lake lake) {
    lake.factory(Clock.systemUTC());
    String comments =
        "SELECT string_agg(col_description(attrelid, attnum), ' ') FROM pg_attribute WHERE ";

    for (String relation : List.of("cell_versions", "cells", "sums")) {
      String of = "attrelid = 'gold." + relation + "'::regclass AND attname IN ";
      assertThat(lake.gold(comments + of + "('subject', 'revenue')"))
          .contains("sessions and carts", "late (by the time", "of subject carts the value");
    }
    for (String relation : List.of("session_revisions", "restatements", "restatements_rest")) {
      String of = "attrelid = 'gold." + relation + "'::regclass AND attname = 'purchases'";
      assertThat(lake.gold(comments + of)).contains("each order_id of a visitor and app once");
    }
  }

  @Test
  void reader_readsAndCannotWrite(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());

    try (var connection = lake.postgres().connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE VIEW gold.later AS SELECT 1 AS one");
      statement.execute("SET ROLE weir_reader");
      for (String relation : List.of("gold.sessions_daily", "bi.revenue_daily", "gold.later")) {
        statement.execute("SELECT * FROM " + relation);
      }
      for (String change :
          List.of(
              "SELECT cells FROM gold.erasures",
              "DELETE FROM gold.session_metrics",
              "INSERT INTO gold.positions VALUES ('x', 0, '', 0)",
              "CREATE TABLE bi.mine (x integer)",
              "DROP VIEW bi.fact_session")) {
        assertThatThrownBy(() -> statement.execute(change))
            .isInstanceOf(SQLException.class)
            .extracting(e -> ((SQLException) e).getSQLState())
            .as(change)
            .isEqualTo("42501");
      }
    }
  }

  @Test
  void userWhoMayNotCreateRoles_hasGoldAll_andTheReaderWhenAnAdministratorMakesOne(
      @TempDir Path folder) throws SQLException {
    try (var server = RealPostgres.start(folder.resolve("pg"));
        var admin = DriverManager.getConnection(server.url(), "postgres", "postgres");
        var statement = admin.createStatement()) {
      statement.execute("CREATE ROLE plain LOGIN PASSWORD 'plain'");
      statement.execute("GRANT CREATE ON DATABASE postgres TO plain");
      var plain = new Postgres(server.url(), "plain", "plain");

      provision(plain);
      assertThatThrownBy(() -> statement.execute("SET ROLE weir_reader"))
          .hasMessageContaining("does not exist");
      statement.execute("CREATE ROLE weir_reader NOLOGIN");
      provision(plain);

      statement.execute("SET ROLE weir_reader");
      statement.execute("SELECT * FROM gold.sessions_15m");
    }
  }

  @Test
  void readerOfAnOlderVersion_losesTheSumsOfSingleErasures(Lake lake) throws SQLException {
    Postgres postgres = lake.postgres();
    migrate(postgres, "8");
    try (var connection = postgres.connect()) {
      WeirReader.ensure(connection);
    }
    lake.change("GRANT SELECT ON gold.erasures TO weir_reader");

    provision(lake.postgres());

    assertThat(lake.gold("SELECT has_table_privilege('weir_reader', 'gold.erasures', 'SELECT')"))
        .isEqualTo("f");
  }

  @Test
  void restatementsOfAnOlderVersion_stayInTheFirstPartition(Lake lake) throws SQLException {
    migrate(lake.postgres(), "14");
    try (var connection = lake.postgres().connect()) {
      WeirReader.ensure(connection);
    }
    lake.change("REVOKE SELECT ON gold.restatements FROM weir_reader");
    lake.change(revised("old", "2026-02-01"));
    String rows =
        "SELECT string_agg(concat_ws(' ', tableoid::regclass, restatement_id, session_key, cause),"
            + " ', ' ORDER BY restatement_id) FROM gold.restatements";
    assertThat(lake.gold(rows))
        .isEqualTo("gold.restatements 1 old bot, gold.restatements 2 old bot");

    provision(lake.postgres());
    lake.change(revised("new", "2026-02-01"));

    assertThat(lake.gold(rows))
        .isEqualTo(
            "gold.restatements_first 1 old bot, gold.restatements_first 2 old bot,"
                + " gold.restatements_first 3 new bot, gold.restatements_first 4 new bot");
    assertThat(
            lake.gold("SELECT has_table_privilege('weir_reader', 'gold.restatements', 'SELECT')"))
        .isEqualTo("f");
  }

  @Test
  void monthOfRestatements_takesItsRowsFromTheRest(Lake lake) {
    lake.factory(Clock.systemUTC());
    lake.change(revised("s", "2026-02-01"));
    lake.change("UPDATE gold.restatements SET restated_at = '2031-02-28T23:59:59Z' WHERE is_bot");
    lake.change(
        "UPDATE gold.restatements SET restated_at = '2031-03-01T00:00:00Z' WHERE NOT is_bot");
    String parts =
        "SELECT string_agg(tableoid::regclass::text, ' ' ORDER BY restated_at)"
            + " FROM gold.restatements";
    assertThat(lake.gold(parts)).isEqualTo("gold.restatements_rest gold.restatements_rest");

    lake.change("SELECT gold.add_restatement_month('2031-02-01T00:00:00Z')");
    lake.change("SELECT gold.add_restatement_month('2031-02-28T23:00:00Z')");

    assertThat(lake.gold(parts)).isEqualTo("gold.restatements_2031_02 gold.restatements_rest");
    assertThat(lake.gold("SELECT count(*) FROM gold.restatement_months")).isEqualTo("5");
  }

  @Test
  void monthThatTwoInstancesAddAtOnce_isAddedOnce(Lake lake) throws Exception {
    lake.factory(Clock.systemUTC());
    String add = "SELECT gold.add_restatement_month('2031-02-01T00:00:00Z')";
    var second = new FutureTask<>(() -> lake.gold(add));

    try (var first = lake.postgres().connect();
        var statement = first.createStatement()) {
      first.setAutoCommit(false);
      statement.execute(add);
      Thread.ofPlatform().start(second);
      Until.holds(() -> lake.gold("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("1"));
      first.commit();
    }

    second.get();
    assertThat(lake.gold("SELECT count(*) FROM gold.restatement_months")).isEqualTo("5");
  }

  private static String revised(String key, String start) {
    return """
    INSERT INTO gold.session_revisions (session_key, version, retracted, start_time, is_bot,
        duration_ms, events, page_views, product_views, searches, ad_impressions, ad_clicks,
        add_to_carts, remove_from_carts, checkouts, purchases, late_events)
      VALUES ('%1$s', 1, false, '%2$s', false, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    UPDATE gold.session_revisions SET version = 2, is_bot = true WHERE session_key = '%1$s'
    """
        .formatted(key, start);
  }

  @Test
  void startOfASession_hasAnIndex(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());

    try (var connection = lake.postgres().connect();
        var statement = connection.createStatement()) {
      statement.execute("SET enable_seqscan = off");
      for (String condition :
          List.of(
              "session_revisions WHERE start_time",
              "score_revisions WHERE session_start",
              "challenger_revisions WHERE session_start",
              "click_score_versions WHERE event_time",
              "return_score_revisions WHERE session_start",
              "rescores WHERE session_start")) {
        try (var plan =
            statement.executeQuery("EXPLAIN SELECT 1 FROM gold." + condition + " < '2026-03-01'")) {
          var lines = new ArrayList<String>();
          while (plan.next()) {
            lines.add(plan.getString(1));
          }
          assertThat(lines).anyMatch(line -> line.contains("_by_start"));
        }
      }
    }
  }

  /**
   * As after {@code helm rollback}: the migrations of this version find a newer one and an unknown
   * column. An older lake-sink is not started.
   */
  @Test
  void databaseOfANewerVersion_isTakenAsItIs(@TempDir Path folder) throws SQLException {
    try (var server = RealPostgres.start(folder.resolve("pg"));
        var admin = DriverManager.getConnection(server.url(), "postgres", "postgres");
        var statement = admin.createStatement()) {
      var postgres = new Postgres(server.url(), "postgres", "postgres");
      provision(postgres);
      statement.execute(
          """
          INSERT INTO gold.schema_history (installed_rank, version, description, type, script,
            checksum, installed_by, execution_time, success)
          VALUES (999, '999', 'of the future', 'SQL', 'V999__of_the_future.sql', 1, 'postgres', 1, true)
          """);
      statement.execute("ALTER TABLE gold.session_revisions ADD COLUMN of_the_future bigint");

      provision(postgres);

      try (var rows =
          statement.executeQuery("SELECT max(installed_rank) FROM gold.schema_history")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(999);
      }
    }
  }

  private static void migrate(Postgres postgres, String target) {
    Flyway.configure()
        .dataSource(postgres.url(), postgres.user(), postgres.password())
        .defaultSchema("gold")
        .table("schema_history")
        .locations("classpath:db/gold")
        .target(target)
        .load()
        .migrate();
  }

  private static void provision(Postgres postgres) {
    postgres.alone(connection -> GoldProvisioner.ensure(connection, postgres, _ -> Map.of()));
  }

  private static List<String> columns(Lake lake, String table) {
    return List.of(
        lake.gold(
                """
                SELECT string_agg(attname || ' ' || replace(format_type(atttypid, atttypmod),
                  'timestamp with time zone', 'timestamptz'), ',' ORDER BY attnum)
                FROM pg_attribute WHERE attnum > 0 AND attrelid = 'gold.%s'::regclass
                """
                    .formatted(table))
            .split(",", -1));
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = requireNonNull(GoldSchemaIT.class.getResourceAsStream(name))) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }
}
