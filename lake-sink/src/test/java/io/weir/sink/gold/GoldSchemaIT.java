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
        AND relkind IN ('r', 'v') AND relname <> 'schema_history'
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
        .endsWith("1,2,3,4,5,6,7,8,9,10,11,12,13,14,16");
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
    Flyway.configure()
        .dataSource(postgres.url(), postgres.user(), postgres.password())
        .defaultSchema("gold")
        .table("schema_history")
        .locations("classpath:db/gold")
        .target("8")
        .load()
        .migrate();
    try (var connection = postgres.connect()) {
      WeirReader.ensure(connection);
    }
    lake.change("GRANT SELECT ON gold.erasures TO weir_reader");

    provision(lake.postgres());

    assertThat(lake.gold("SELECT has_table_privilege('weir_reader', 'gold.erasures', 'SELECT')"))
        .isEqualTo("f");
  }

  @Test
  void startOfASession_hasAnIndex(Lake lake) throws SQLException {
    lake.factory(Clock.systemUTC());

    try (var connection = lake.postgres().connect();
        var statement = connection.createStatement()) {
      statement.execute("SET enable_seqscan = off");
      for (String condition :
          List.of("session_revisions WHERE start_time", "score_revisions WHERE session_start")) {
        try (var plan =
            statement.executeQuery(
                "EXPLAIN SELECT session_key FROM gold." + condition + " < '2026-03-01'")) {
          var lines = new ArrayList<String>();
          while (plan.next()) {
            lines.add(plan.getString(1));
          }
          assertThat(lines).anyMatch(line -> line.contains("_by_start"));
        }
      }
    }
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
