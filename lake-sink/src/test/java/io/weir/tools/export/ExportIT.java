package io.weir.tools.export;

import static io.weir.testkit.TestRecords.NOON;
import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.retraction;
import static io.weir.testkit.TestRecords.score;
import static io.weir.testkit.TestRecords.session;
import static io.weir.tools.Commands.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topics;
import io.weir.contract.avro.Identity;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.LakeTables;
import io.weir.process.Stop;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.LoopStep;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import io.weir.tools.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.class)
class ExportIT {
  private static final List<String> SESSIONS = List.of("a it's, \"quoted\"", "b null");

  @Test
  void everyFormat_isReadBack(Lake lake, @TempDir Path folder) throws SQLException, IOException {
    fill(lake);
    Path database = folder.resolve("it's weir.duckdb");
    Path files = folder.resolve("new/folder");

    String said = run(lake, 0, "--format", "duckdb", "--out", database.toString());
    run(lake, 0, "--format", "csv", "--out", files.toString());
    run(lake, 0, "--format", "parquet", "--out", files.toString());

    assertThat(said)
        .contains(
            "export 100%",
            "2  gold.session_metrics\n",
            "1  gold.session_scores\n",
            "0  gold.challenger_scores\n",
            "0  gold.click_scores\n",
            "0  gold.session_return_scores\n",
            "1  gold.identities\n",
            "1  gold.restatements\n",
            "1  gold.sessions_daily\n",
            "0  gold.visitors_daily\n",
            "1  gold.user_metrics\n",
            "5  gold.funnel_daily\n",
            "1  gold.retention_weekly\n",
            "2  silver.sessions\n",
            "1  silver.scores\n",
            "written to " + database);
    String names = "SELECT session_key || ' ' || coalesce(city, 'null') FROM ";
    for (String schema : List.of("gold.session_metrics", "silver.sessions")) {
      String file = "'" + files.resolve(schema.replace('.', '_')) + ".";
      assertThat(ask(database, names + schema)).isEqualTo(SESSIONS);
      assertThat(ask(database, names + file + "csv'")).isEqualTo(SESSIONS);
      assertThat(ask(database, names + file + "parquet'")).isEqualTo(SESSIONS);
    }
    assertThat(
            ask(
                database,
                "SELECT concat_ws(' ', epoch_ms(start_time), is_bot, revenue, currency, duration_ms)"
                    + " FROM gold.session_metrics"))
        .containsExactlyInAnyOrder(
            NOON + " false 922337203685477.5807 EUR 60000", NOON + " true 0.0000 60000");
    assertThat(
            ask(
                database,
                "SELECT concat_ws(' ', restatement_id > 0, typeof(restatement_id), cause, sessions,"
                    + " revenue) FROM gold.restatements"))
        .containsExactly("true BIGINT late_event 1 {\"EUR\": 922337203685477.5807}");
    assertThat(ask(database, "SELECT conversion_score FROM gold.session_scores"))
        .containsExactly("0.25");
    assertThat(ask(database, "SELECT user_id FROM gold.identities")).containsExactly("u");
    assertThat(
            ask(
                database,
                "SELECT concat_ws(' ', kind, person_id, sessions, revenue, avg_duration_s)"
                    + " FROM gold.user_metrics"))
        .containsExactly("user u 1 {\"EUR\": 922337203685477.5807} 60.000");
    String sums =
        "SELECT concat_ws(' ', day, value, sessions, late_events, revenue, conversion_rate) FROM ";
    String ofDay = "2026-03-01 DE 3 9223372036854775807 {\"EUR\": 12.5000} 0.333333";
    assertThat(ask(database, sums + "gold.sessions_daily")).containsExactly(ofDay);
    assertThat(ask(database, sums + "'" + files + "/gold_sessions_daily.parquet'"))
        .containsExactly(ofDay);
    try (Stream<Path> all = Files.list(files)) {
      assertThat(all.map(each -> each.getFileName().toString()))
          .hasSize(78)
          .noneMatch(name -> name.contains("staged") || name.startsWith("."));
    }
  }

  @Test
  void whatIsThere_staysUnlessForced(Lake lake, @TempDir Path folder) throws IOException {
    fill(lake);
    Path file = folder.resolve("gold_identities.csv");
    Files.writeString(file, "mine");
    String[] export = {"--format", "csv", "--out", folder.toString(), "--table", "gold.identities"};

    assertThat(run(lake, 2, export).lines())
        .singleElement()
        .asString()
        .contains(file + " already exists", "--force");
    assertThat(file).hasContent("mine");
    assertThat(run(lake, 0, with(export, "--force"))).contains("1  gold.identities");
    assertThat(Files.readAllLines(file)).hasSize(2);
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void watchedExport_replacesWhatChangedAndEndsWhenStopped(Lake lake, @TempDir Path folder)
      throws IOException, SQLException {
    fill(lake);
    Path sums = folder.resolve("gold_sessions_daily.csv");
    Path identities = folder.resolve("gold_identities.csv");
    var stop = new Stop();
    var states = new ArrayList<List<Object>>();
    WatchedExport.Pass pass =
        mayReplace -> {
          String[] export = {"--format", "csv", "--out", folder.toString()};
          run(lake, 0, mayReplace ? with(export, "--force") : export);
          states.add(
              List.of(
                  Files.getAttribute(identities, "unix:ino"),
                  Files.getAttribute(sums, "unix:ino")));
          if (states.size() == 2) {
            lake.change(
                "UPDATE gold.cell_versions SET sessions = 7, goal_sessions = 1"
                    + " WHERE subject = 'sessions'");
          } else if (states.size() == 3) {
            throw new IOException("no space");
          } else if (states.size() == 4) {
            stop.request();
          }
        };
    var problems = new StringWriter();

    new WatchedExport(pass, Duration.ofMillis(1), new PrintWriter(problems)).run(false, stop);

    assertThat(states).hasSize(4);
    assertThat(states.get(1)).as("nothing changed").isEqualTo(states.get(0));
    assertThat(states.get(2).get(0)).isEqualTo(states.get(0).get(0));
    assertThat(states.get(2).get(1)).isNotEqualTo(states.get(0).get(1));
    assertThat(problems.toString()).contains("the files stay as they are: no space");
    assertThat(Files.readString(sums)).contains(",7,", ",0.142857,");
  }

  @Test
  void productsOfEvents_areExportedWhenNamed(Lake lake, @TempDir Path folder) {
    lake.factory(Clock.systemUTC());

    assertThat(
            run(
                lake,
                0,
                "--format",
                "csv",
                "--out",
                folder.toString(),
                "--table",
                "silver.event_products"))
        .contains("0  silver.event_products");
    assertThat(folder.resolve("silver_event_products.csv")).content().startsWith("event_id,");
  }

  @Test
  void wrongUsage_isOneLine(Lake lake, @TempDir Path folder) {
    lake.factory(Clock.systemUTC());
    String out = folder.toString();

    assertThat(run(lake, 2, "--format", "xml", "--out", out)).contains("none of csv, parquet");
    assertThat(run(lake, 2, "--format", "duckdb", "--out", out)).contains("is a folder");
    assertThat(run(lake, 2, "--format", "csv", "--out", out, "--table", "gold.x"))
        .contains("--table gold.x is none of gold.session_metrics, ");
    assertThat(run(lake, 2, "--format", "duckdb", "--out", out + "/x", "--watch", "5m"))
        .contains("--watch needs --format csv or parquet");
    assertThat(run(lake, 2, "--format", "csv", "--out", out, "--watch", "often"))
        .contains("--watch often is no interval");
    lake.database().shut();
    assertThat(run(lake, 2, "--format", "csv", "--out", out).lines()).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  private static void fill(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    lake.change(
        """
        INSERT INTO gold.cell_versions VALUES
          ('0|x', 1, false, now(), 'sessions', 'day', '2026-03-01Z', false, 'country', 'DE', 0,
            3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9223372036854775807, 0, 0,
            '{"EUR": 12.5000}', 'EUR', 12.5000, 'epoch'),
          ('0|p', 1, false, now(), 'progress', 'day', 'epoch', false, '', 'UTC', 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '{}', null, null, 'epoch')
        """);
    Topics topics = lake.topics();
    lake.produce(
        topics.sessions(),
        0,
        bytes(
            session(
                "a",
                1,
                change ->
                    change
                        .setCity("it's, \"quoted\"")
                        .setLateEvents(1)
                        .setRevenueE4(Map.of("EUR", Long.MAX_VALUE)))),
        bytes(session("b", 0, change -> change.setIsBot(true))),
        bytes(session("gone", 0, _ -> {})),
        bytes(retraction("gone", 1)));
    lake.produce(topics.scores(), 0, bytes(score("a", 1, 0.25)));
    lake.produceKeyed(
        topics.identities(),
        "v-a",
        bytes(Identity.newBuilder().setVisitorId("v-a").setUserId("u").setEventTime(NOON).build()));
    step(
        new SinkLoop(
            factory.parts(factory.feeds().sessions(), lake.catalog()),
            factory.consumer("sessions")),
        () -> lake.rows(LakeTables.SESSIONS).size() == 2);
    step(
        new SinkLoop(
            factory.parts(factory.feeds().scores(), lake.catalog()), factory.consumer("scores")),
        () -> lake.rows(LakeTables.SCORES).size() == 1);
    step(
        new SinkLoop(
            factory.gold(GoldTables.SESSION_METRICS, topics.sessions(), AvroSerde.session()),
            factory.consumer("metrics")),
        () -> lake.gold("SELECT count(*) FROM gold.session_metrics").equals("2"));
    step(
        new SinkLoop(
            factory.gold(GoldTables.SESSION_SCORES, topics.scores(), AvroSerde.score()),
            factory.consumer("gold-scores")),
        () -> lake.gold("SELECT count(*) FROM gold.session_scores").equals("1"));
    step(
        new SinkLoop(
            factory.gold(GoldTables.IDENTITIES, topics.identities(), AvroSerde.identity()),
            factory.consumer("identities")),
        () -> lake.gold("SELECT count(*) FROM gold.identities").equals("1"));
  }

  private static void step(LoopStep loop, BooleanSupplier isDone) {
    loop.start();
    Until.holds(isDone, loop);
    loop.close();
  }

  private static List<String> ask(Path database, String sql) throws SQLException {
    var answer = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql + " ORDER BY 1")) {
      while (rows.next()) {
        answer.add(rows.getString(1));
      }
    }
    return answer;
  }

  private static String run(Lake lake, int code, String... arguments) {
    return Commands.run(lake, code, with(new String[] {"export"}, arguments));
  }
}
