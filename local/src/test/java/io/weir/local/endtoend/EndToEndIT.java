package io.weir.local.endtoend;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.local.compare.Comparison;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Ports;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import io.weir.local.topic.LatestSessions;
import io.weir.local.topic.TopicList;
import io.weir.local.topic.TopicReader;
import io.weir.local.truth.GoldTruth;
import io.weir.local.truth.Truth;
import io.weir.local.watch.Gold;
import io.weir.local.watch.LakeQueries;
import io.weir.local.watch.Settlement;
import io.weir.local.watch.StreamStatus;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 200,000 events with every fault through all real processes; then all counts must add up. */
class EndToEndIT {
  private static final long EVENTS = 200_000;
  private static final long SETTLING_NANOS = ofMinutes(4).toNanos();
  private static final String ROWS =
      "SELECT (SELECT count(*) FROM bronze.raw_events) AS raw,"
          + " (SELECT count(*) FROM bronze.rejected) AS rejected,"
          + " (SELECT count(*) FROM silver.events) AS events,"
          + " (SELECT count(DISTINCT event_id) FROM silver.events) AS event_ids,"
          + " (SELECT count(*) FROM silver.sessions) AS sessions,"
          + " (SELECT count(DISTINCT session_key) FROM silver.sessions) AS session_keys,"
          + " (SELECT count(*) FROM silver.scores) AS scores,"
          + " (SELECT count(DISTINCT session_key) FROM silver.scores) AS score_keys";

  @Test
  void everythingProduced_isAccountedForEverywhere(@TempDir Path folder) throws Exception {
    var checkout = new Checkout(Path.of(System.getProperty("weir.root", "..")));
    var home = new Home(folder.resolve("home"));
    home.create();
    var internal = Map.of("WEIR_STREAM_INTERNAL_NETWORKS", "192.0.2.0/24");
    var catalogue = new Catalogue(checkout, home, Ports.free(), 4, internal);
    Path truthFile = folder.resolve("truth.jsonl");
    try (var platform = new Platform(catalogue)) {
      start(platform);
      simulate(platform, truthFile);
      Truth truth = Truth.read(truthFile);
      StreamStatus status = new Settlement(platform).await(ofMinutes(4));
      Map<String, Long> found = settled(catalogue, expectedRows(truth));

      System.out.println("end to end: " + status + ", rows " + found);
      assertThat(truth.produced()).isEqualTo(EVENTS);
      assertThat(truth.duplicates()).isPositive();
      assertThat(truth.malformed()).isPositive();
      assertThat(truth.sessions()).isNotEmpty();
      assertThat(balance(status)).isEqualTo(expectedBalance(truth));
      assertThat(found).isEqualTo(expectedRows(truth));
      assertThat(sessions(catalogue, truth).differences()).isEmpty();
      assertThat(goldRowsWithScore(catalogue)).isEqualTo(truth.sessions().size());
      assertThat(truth.internal()).isPositive();
      new GoldCheck(catalogue, truth, GoldTruth.read(truthFile)).check();
      if (ReturnsCheck.isPossible()) {
        new ReturnsCheck(platform, truth.sessions().size()).check();
      } else {
        System.out.println("no return model: no OpenMP, apt-get install libgomp1");
      }
      assertThat(platform.stop(name -> {})).as("killed").isEmpty();
    }
  }

  static void start(Platform platform) throws InterruptedException {
    Catalogue catalogue = platform.catalogue();
    ready(platform, Service.BROKER, Service.POSTGRES);
    Settings settings = Settings.of(catalogue.clientSettings());
    var topics = new TopicList(KafkaConnection.from(settings));
    assertThat(topics.provision(TopicSettings.topics(settings).all())).isEmpty();
    ready(platform, Service.STREAM, Service.SINK, Service.SCORING);
  }

  /** Starts these together, which takes as long as the slowest of them, and awaits all. */
  private static void ready(Platform platform, Service... services) throws InterruptedException {
    List<ChildProcess> processes =
        Stream.of(services).map(service -> platform.start(service)).toList();
    for (int i = 0; i < services.length; i++) {
      platform.awaitReady(processes.get(i), services[i], ofSeconds(90));
    }
  }

  private static void simulate(Platform platform, Path truth) throws InterruptedException {
    List<String> arguments =
        List.of(
            "run",
            "--seed=15",
            "--events=" + EVENTS,
            "--history=72h",
            "--ending-before=2h",
            // No session is just a day old: what becomes of carts does not follow the clock.
            "--pause=24h",
            // Late enough to revise sessions.
            "--late-by=3h",
            "--disguised-bots=0.3",
            "--internal=0.01",
            "--apps=3",
            "--close",
            "--gold",
            "--truth=" + truth,
            "--target=kafka");
    platform.run(
        platform.catalogue().tool("simulator", Service.SIMULATOR, arguments), ofMinutes(5));
  }

  /** Asks until lake and gold are complete or time is over: both commit every few seconds. */
  private static Map<String, Long> settled(Catalogue catalogue, Map<String, Long> expected)
      throws InterruptedException, SQLException {
    var lake = new LakeQueries(catalogue);
    var gold = new Gold(catalogue.postgresUrl());
    long deadline = System.nanoTime() + SETTLING_NANOS;
    while (true) {
      Map<String, Long> found = new HashMap<>(lake.row(ROWS));
      Gold.Counts counts = gold.counts();
      found.put("gold_sessions", counts.sessions());
      found.put("gold_scores", counts.scores());
      if (found.equals(expected) || System.nanoTime() > deadline) {
        return found;
      }
    }
  }

  private static Map<String, Long> expectedRows(Truth truth) {
    long sessions = truth.sessions().size();
    long events = truth.distinctValid() + truth.closing();
    return Map.of(
        "raw", truth.produced() + truth.closing(),
        "rejected", truth.malformed() + truth.internal(),
        "events", events,
        "event_ids", events,
        "sessions", sessions,
        "session_keys", sessions,
        "scores", sessions,
        "score_keys", sessions,
        "gold_sessions", sessions,
        "gold_scores", sessions);
  }

  private static Map<String, Long> balance(StreamStatus status) {
    return Map.of(
        "received", status.received(),
        "accepted", status.accepted(),
        "duplicate", status.duplicate(),
        "rejected", status.rejected());
  }

  private static Map<String, Long> expectedBalance(Truth truth) {
    return Map.of(
        "received",
        truth.produced() + truth.closing(),
        "accepted",
        truth.distinctValid() + truth.closing(),
        "duplicate",
        truth.duplicates(),
        "rejected",
        truth.malformed() + truth.internal());
  }

  private static Comparison sessions(Catalogue catalogue, Truth truth) {
    Settings settings = Settings.of(catalogue.clientSettings());
    var live = new LatestSessions(visitor -> visitor.startsWith("weir-closing-"));
    new TopicReader(KafkaConnection.from(settings))
        .read(
            TopicSettings.topics(settings).sessions().name(),
            AvroSerde.session().deserializer(),
            live::add);
    return Comparison.of(truth.sessions(), live.rows());
  }

  private static long goldRowsWithScore(Catalogue catalogue) throws SQLException {
    try (Connection connection = DriverManager.getConnection(catalogue.postgresUrl(), "weir", "");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM gold.session_metrics"
                    + " JOIN gold.session_scores USING (session_key)")) {
      row.next();
      return row.getLong(1);
    }
  }
}
