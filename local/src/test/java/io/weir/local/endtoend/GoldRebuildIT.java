package io.weir.local.endtoend;

import static io.weir.local.endtoend.RebuildTools.await;
import static io.weir.local.endtoend.RebuildTools.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.Ports;
import io.weir.local.platform.Service;
import io.weir.local.process.Captured;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import io.weir.local.topic.TopicReader;
import io.weir.local.watch.StreamStatus;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Rebuilds gold's sums from the lake with the settings that {@code gold feed} prints. */
@EnabledIfEnvironmentVariable(
    named = "WEIR_NIGHTLY",
    matches = "true",
    disabledReason = "it takes two minutes: WEIR_NIGHTLY=true runs it")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldRebuildIT {
  private static final int PARTITIONS = 4;
  private static final int EVENTS = 12_000;

  private final Checkout checkout = new Checkout(Path.of(System.getProperty("weir.root", "..")));
  private final Home home = new Home(Path.of("target")).another("gold-rebuild-");
  private final Ports ports = Ports.free();
  private final Catalogue liveCatalogue =
      new Catalogue(checkout, home, ports, PARTITIONS, Map.of("WEIR_SINK_ROLL_INTERVAL", "1s"));
  private final Pipeline live = new Pipeline(liveCatalogue);
  private long raw;

  @BeforeAll
  void liveServicesWork() throws Exception {
    live.start(Service.BROKER, Service.POSTGRES);
    live.start(Service.STREAM, Service.SINK);
    live.run(
        "simulator",
        Service.SIMULATOR,
        List.of(
            "run",
            "--seed=14",
            "--events=" + EVENTS,
            "--history=12h",
            "--ending-before=2h",
            "--close",
            "--target=kafka"));
    raw = live.settle().received();
  }

  @AfterAll
  void stop() {
    live.close();
    home.deleteAll();
  }

  @Test
  void rebuiltCells_equalTheLiveOnes_afterAKillOfEachStep() throws Exception {
    killWhen(lakeTool("gold", "feed", "anew"), "anew.raw");
    String fed = done(0, "gold", "feed", "anew");
    assertThat(records("anew.raw")).isEqualTo(raw);
    Catalogue anew = beside(fed, Map.of());
    try (var first = new Pipeline(anew)) {
      first.start(Service.STREAM);
      await(() -> records("anew.sessions") > 0);
      Pipeline.kill(anew, Service.STREAM);
    }
    try (var second = new Pipeline(anew)) {
      second.start(Service.STREAM);
      StreamStatus rebuilt = second.settleStream(0);
      assertThat(done(0, "gold", "load", "anew", "--wait", "3m"))
          .contains("cells are in gold_anew");
      assertThat(rebuilt.settled()).isTrue();
    }
    await(() -> run("gold", "compare", "anew", "--at-rest").exitCode() == 0);
    String compared = done(0, "gold", "compare", "anew", "--at-rest");
    System.out.println("rebuilt: " + compared);
    assertThat(count(compared)).isGreaterThan(1_000);

    change(
        "UPDATE gold_anew.cell_versions SET purchases = purchases + 1 WHERE cell_key = "
            + "(SELECT cell_key FROM gold_anew.cell_versions"
            + " WHERE subject = 'sessions' AND grain = 'day' AND dimension = 'country' LIMIT 1)");
    assertThat(done(1, "gold", "compare", "anew", "--at-rest"))
        .contains("purchases", "1 numbers are different, and 0 that can still change");
    assertThat(done(0, "gold", "load", "anew")).contains("cells are in");
    assertThat(done(0, "gold", "compare", "anew", "--at-rest")).contains("cells are equal");
  }

  @Test
  void rebuildWithAnotherZone_hasTheDaysOfTheSessionRows() throws Exception {
    String fed = done(0, "gold", "feed", "kolkata");
    Catalogue other = beside(fed, Map.of("WEIR_SITE_TIME_ZONE", "Asia/Kolkata"));
    try (var rebuild = new Pipeline(other)) {
      rebuild.start(Service.STREAM);
      rebuild.settleStream(0);
      done(0, "gold", "load", "kolkata", "--wait", "3m");
    }

    await(() -> run("gold", "compare", "kolkata", "--at-rest").exitCode() == 0);
    assertThat(done(0, "gold", "compare", "kolkata", "--at-rest"))
        .contains("those of UTC", "those of Asia/Kolkata", "cells are equal");
    assertThat(rows(ofCells())).hasSizeGreaterThan(1).isEqualTo(rows(ofSessions()));
  }

  private static String ofCells() {
    return """
    SELECT (bucket_start AT TIME ZONE 'Asia/Kolkata')::text, is_bot, value, sum(sessions),
      sum(events), sum(page_views), sum(purchases), sum(duration_ms)
    FROM gold_kolkata.cell_versions
    WHERE subject = 'sessions' AND grain = 'day' AND dimension = 'country' AND sessions <> 0
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """;
  }

  private static String ofSessions() {
    return """
    SELECT date_trunc('day', start_time AT TIME ZONE 'Asia/Kolkata')::text, is_bot,
      coalesce(country, ''), count(*), sum(events), sum(page_views), sum(purchases),
      sum(duration_ms)
    FROM gold.session_metrics GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """;
  }

  /** A platform beside the live one, with the settings that the command has printed. */
  private Catalogue beside(String fed, Map<String, String> more) {
    String usual = fed.substring(0, fed.indexOf("if gold may be switched"));
    Map<String, String> settings = settings(usual);
    settings.putAll(more);
    var folder = new Home(home.folder().resolve(settings.get("WEIR_TOPIC_PREFIX")));
    return new Catalogue(checkout, folder, RebuildTools.beside(ports), PARTITIONS, settings);
  }

  private ProcessSpec lakeTool(String... arguments) {
    return liveCatalogue.lakeTool(List.of(arguments));
  }

  private Captured run(String... arguments) throws InterruptedException {
    return RebuildTools.run(liveCatalogue, arguments);
  }

  private String done(int code, String... arguments) throws InterruptedException {
    return RebuildTools.output(code, liveCatalogue, arguments);
  }

  /** Starts a command and kills it when the topic has records, or lets it end. */
  private void killWhen(ProcessSpec spec, String topic) throws Exception {
    ChildProcess process = ChildProcess.start(spec, home.log("killed"), home.pidFile("killed"));
    await(() -> !process.isAlive() || records(topic) > 0);
    process.kill();
    System.out.println("killed with " + records(topic) + " of " + raw + " records");
  }

  private long records(String topic) throws Exception {
    var connection = KafkaConnection.from(Settings.of(liveCatalogue.clientSettings()));
    try (Admin admin = connection.admin()) {
      if (!admin.listTopics().names().get().contains(topic)) {
        return 0;
      }
    }
    return new TopicReader(connection).read(topic, new ByteArrayDeserializer(), _ -> {});
  }

  private static long count(String compared) {
    return Long.parseLong(compared.strip().split(" ", 2)[0]);
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  private List<List<String>> rows(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      var rows = new ArrayList<List<String>>();
      while (found.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.add(found.getString(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(liveCatalogue.postgresUrl(), "weir", "");
  }
}
