package io.weir.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.endtoend.Pipeline.Lines;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.Ports;
import io.weir.local.platform.Service;
import io.weir.local.watch.StreamStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Follows docs/rebuild.md step by step, with its commands, settings and statements. */
@EnabledIfEnvironmentVariable(
    named = "WEIR_NIGHTLY",
    matches = "true",
    disabledReason = "it takes two minutes: WEIR_NIGHTLY=true runs it")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebuildIT {
  private static final int PARTITIONS = 4;
  private static final int EARLY = 15_000;
  private static final int LATER = 5_000;
  private static final Map<String, String> LIVE = Map.of("WEIR_SINK_ROLL_INTERVAL", "1s");

  private final Checkout checkout = new Checkout(Path.of(System.getProperty("weir.root", "..")));
  private final Procedure procedure = Procedure.read(checkout.root().resolve("docs/rebuild.md"));
  private final Home home = new Home(Path.of("target")).another("rebuild-");
  private final Ports ports = Ports.free();
  private final Pipeline live =
      new Pipeline(new Catalogue(checkout, home, ports, PARTITIONS, LIVE));
  private final Instant began = Instant.now();

  /** A time after all events and before those that close the sessions. */
  private final Instant before = began.minus(Duration.ofHours(1));

  @BeforeAll
  void liveServicesWork() throws InterruptedException {
    live.start(Service.BROKER, Service.POSTGRES);
    live.start(Service.STREAM, Service.SINK);
    simulate(EARLY, 11);
  }

  @AfterAll
  void stop() {
    live.close();
    home.deleteAll();
  }

  @Test
  void rebuiltSessionsAndGold_equalTheLiveOnes() throws Exception {
    administer(procedure.createDatabase());
    try (var rebuild = beside(procedure, Map.of())) {
      rebuild.start(Service.STREAM, Service.SINK);
      StreamStatus early = live.settle();
      assertThat(replay(procedure)).isEqualTo(sent(early.received(), "rebuild"));

      simulate(LATER, 12);
      StreamStatus all = live.settle();
      Lines expected = live.lines(procedure, before);
      assertThat(replay(procedure)).isEqualTo(sent(all.received(), "rebuild"));
      StreamStatus rebuilt = rebuild.settle();

      System.out.println("rebuild: " + rebuilt + ", equal to live: " + expected);
      assertThat(sessions(expected)).isGreaterThan(1_000);
      assertThat(rebuild.lines(procedure, before)).isEqualTo(expected);
      assertThat(rebuilt.received()).isEqualTo(early.received() + all.received());
      assertThat(rebuilt.accepted()).isEqualTo(all.accepted());
      assertThat(live.settle()).as("live, untouched").isEqualTo(all);
      assertThat(live.lines(procedure, before)).as("live, untouched").isEqualTo(expected);
    }
  }

  @Test
  void rebuildWithAnotherGap_isToldApart() throws Exception {
    Procedure another = procedure.named("gap");
    administer(another.createDatabase());
    Map<String, String> settings =
        Map.of("WEIR_STREAM_SESSION_GAP", "10m", "WEIR_SINK_TABLES", "gold.session_metrics");
    try (var rebuild = beside(another, settings)) {
      rebuild.start(Service.STREAM, Service.SINK);
      StreamStatus all = live.settle();
      assertThat(replay(another)).isEqualTo(sent(all.received(), "gap"));
      StreamStatus rebuilt = rebuild.settle();

      assertThat(rebuilt.accepted()).isEqualTo(all.accepted());
      assertThat(rebuild.gold(another.goldQuery(before)))
          .isNotEqualTo(live.gold(procedure.goldQuery(before)));
    }
  }

  /** Simulates every fault, and an event on each partition that closes the sessions. */
  private void simulate(int events, int seed) throws InterruptedException {
    live.run(
        "simulator",
        Service.SIMULATOR,
        List.of(
            "run",
            "--seed=" + seed,
            "--events=" + events,
            "--history=12h",
            "--ending-before=2h",
            "--close",
            "--target=kafka"));
  }

  private Pipeline beside(Procedure name, Map<String, String> more) {
    Ports own = Ports.free();
    var all =
        new Ports(
            ports.kafka(),
            ports.controller(),
            ports.postgres(),
            own.stream(),
            own.sink(),
            own.scoring());
    var settings = new HashMap<>(LIVE);
    settings.putAll(name.settings("jdbc:postgresql://127.0.0.1:" + ports.postgres()));
    settings.putAll(more);
    var folder = new Home(home.folder().resolve(settings.get("WEIR_TOPIC_PREFIX")));
    return new Pipeline(new Catalogue(checkout, folder, all, PARTITIONS, settings));
  }

  private void administer(String statement) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement command = connection.createStatement()) {
      command.execute(statement);
    }
  }

  private String replay(Procedure name) throws InterruptedException {
    return live.runLakeTool(name.replay(began));
  }

  private static String sent(long records, String prefix) {
    return "sent " + records + " to " + prefix + ".raw";
  }

  private static long sessions(Lines lines) {
    return Long.parseLong(lines.gold().substring(0, lines.gold().indexOf(' ')));
  }
}
