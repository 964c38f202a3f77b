package io.weir.local.endtoend;

import static java.time.Duration.ofMinutes;

import io.weir.contract.Topics;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Service;
import io.weir.local.process.Captured;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.LogFile;
import io.weir.local.process.ProcessSpec;
import io.weir.local.topic.TopicReader;
import io.weir.local.watch.Settlement;
import io.weir.local.watch.StreamStatus;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Services that work under one topic prefix, and their results. */
final class Pipeline implements AutoCloseable {
  private static final Duration PATIENCE = ofMinutes(5);
  private static final long PAUSE_NANOS = 100_000_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Catalogue catalogue;
  private final Platform platform;

  /** The lines that docs/rebuild.md compares. */
  record Lines(String lake, String gold) {}

  Pipeline(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.platform = new Platform(catalogue);
    catalogue.home().create();
  }

  void start(Service... services) throws InterruptedException {
    var processes = new ArrayList<ChildProcess>();
    for (Service service : services) {
      processes.add(platform.start(service));
    }
    for (int i = 0; i < services.length; i++) {
      platform.awaitReady(processes.get(i), services[i], PATIENCE);
    }
  }

  /** Kills a service that has started. */
  static void kill(Catalogue catalogue, Service service) {
    catalogue.home().pidFile(service.id()).running().orElseThrow().destroyForcibly();
  }

  /** The last line that a command of a service's program prints. */
  String run(String name, Service service, List<String> arguments) throws InterruptedException {
    return lastLine(catalogue.tool(name, service, arguments));
  }

  /** The last line that a command of lake-tools prints. */
  String runLakeTool(List<String> arguments) throws InterruptedException {
    return lastLine(catalogue.lakeTool(arguments));
  }

  private String lastLine(ProcessSpec program) throws InterruptedException {
    return platform.run(program, PATIENCE).log().tail(1).getFirst();
  }

  /** Waits until stream-app is done, and until lake-sink is done with stream-app's records. */
  StreamStatus settle() throws IOException, InterruptedException {
    Topics topics = TopicSettings.topics(Settings.of(catalogue.clientSettings()));
    long raw = records(topics.raw().name());
    StreamStatus status = settled(raw);
    long sessions = records(topics.sessions().name());
    awaitTaken(
        Map.of(
            "bronze.raw_events", raw,
            "silver.sessions", sessions,
            "gold.session_metrics", sessions));
    return status;
  }

  /** Waits until stream-app has read its raw topic and has no work left. */
  StreamStatus settleStream(long records) throws InterruptedException {
    return settled(records);
  }

  private StreamStatus settled(long raw) throws InterruptedException {
    var settlement = new Settlement(platform);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    StreamStatus status = settlement.await(PATIENCE);
    while (status.received() < raw && System.nanoTime() < deadline) {
      status = settlement.await(PATIENCE);
    }
    return status;
  }

  private long records(String topic) {
    var connection = KafkaConnection.from(Settings.of(catalogue.clientSettings()));
    return new TopicReader(connection).read(topic, new ByteArrayDeserializer(), _ -> {});
  }

  private void awaitTaken(Map<String, Long> records) throws IOException, InterruptedException {
    URI address = URI.create(catalogue.address(Service.SINK) + "/metrics");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      String metrics =
          http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
      if (records.entrySet().stream()
          .allMatch(each -> hasTaken(metrics, each.getKey(), each.getValue()))) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("lake-sink has not taken " + records + ": " + metrics);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /**
   * Whether the table has its records; a table that this instance does not fill is no reason to
   * wait.
   */
  private static boolean hasTaken(String metrics, String table, long records) {
    String counter = "weir_sink_rows_total{table=\"" + table + "\"} ";
    return !metrics.contains(counter) || metrics.contains(counter + (double) records + "\n");
  }

  Lines lines(Procedure procedure, Instant before) throws InterruptedException, SQLException {
    return new Lines(lake(procedure.lakeQuery(before)), gold(procedure.goldQuery(before)));
  }

  private String lake(String query) throws InterruptedException {
    LogFile log = catalogue.home().log("sql");
    List<String> arguments = List.of("sql", query, "--json");
    Captured answer = Captured.of(catalogue.lakeTool(arguments), log);
    if (answer.exitCode() != 0) {
      throw new AssertionError(query + ": " + log.tail(5));
    }
    return answer.output().strip();
  }

  String gold(String query) throws SQLException {
    String url = Settings.of(catalogue.clientSettings()).required("postgres.url", "");
    try (Connection connection = DriverManager.getConnection(url, "weir", "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1) + " " + row.getString(2);
    }
  }

  @Override
  public void close() {
    platform.close();
  }
}
