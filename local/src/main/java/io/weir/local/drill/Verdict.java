package io.weir.local.drill;

import io.weir.contract.AvroSerde;
import io.weir.local.compare.Comparison;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.process.Captured;
import io.weir.local.process.LogFile;
import io.weir.local.topic.LatestSessions;
import io.weir.local.topic.TopicReader;
import io.weir.local.truth.GoldTruth;
import io.weir.local.truth.TrueGold;
import io.weir.local.truth.Truth;
import io.weir.local.watch.LakeQueries;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The comparison of all results with the simulator's truth.
 *
 * @param missing records of the truth that are not in the lake
 * @param duplicated records that are there more than once
 * @param figures lines for the report
 * @param problems what differs; empty if nothing does
 */
public record Verdict(long missing, long duplicated, List<String> figures, List<String> problems) {
  private static final String ROWS =
      "SELECT (SELECT count(*) FROM bronze.raw_events) AS raw,"
          + " (SELECT count(DISTINCT (\"partition\", \"offset\")) FROM bronze.raw_events)"
          + " AS raw_offsets,"
          + " (SELECT count(*) FROM bronze.rejected) AS rejected,"
          + " (SELECT count(*) FROM silver.events) AS events,"
          + " (SELECT count(DISTINCT event_id) FROM silver.events) AS event_ids,"
          + " (SELECT count(*) FROM silver.sessions) AS sessions,"
          + " (SELECT count(DISTINCT session_key) FROM silver.sessions) AS session_keys,"
          + " (SELECT count(*) FROM silver.scores) AS scores,"
          + " (SELECT count(DISTINCT session_key) FROM silver.scores) AS score_keys";
  private static final String QUALITY =
      "SELECT sum(received), sum(accepted), sum(duplicates), sum(rejected),"
          + " count(*) FILTER (WHERE balance <> 0) FROM gold.quality WHERE grain = 'day'";
  private static final long POLL_MILLIS = 1000;

  public Verdict {
    figures = List.copyOf(figures);
    problems = List.copyOf(problems);
  }

  public boolean isGood() {
    return missing == 0 && duplicated == 0 && problems.isEmpty();
  }

  /** Waits until everything has arrived, at most as long as given, and compares. */
  static Verdict of(Catalogue catalogue, Path truthFile, Duration patience, Consumer<String> report)
      throws IOException, InterruptedException, SQLException {
    Truth truth = Truth.read(truthFile);
    var problems = new ArrayList<String>();
    Map<String, Long> expected = expected(truth);
    Map<String, Long> found = settled(catalogue, expected, patience);
    if (!found.equals(expected)) {
      problems.add("lake: expected " + expected + ", found " + found);
    }
    report.accept("the lake has " + found);
    Comparison sessions = sessions(catalogue, truth);
    sessions.differences().stream().limit(5).forEach(each -> problems.add("session: " + each));
    GoldTruth gold = GoldTruth.read(truthFile);
    problems.addAll(gold(catalogue, truth, gold, patience));
    report.accept("gold is compared");
    problems.addAll(tool(catalogue, List.of("audit", "--settle", "1")));
    report.accept("audit is done");
    String url = "--url=" + catalogue.address(Service.STREAM);
    problems.addAll(tool(catalogue, List.of("reconcile", "--wait", "2m", url)));
    report.accept("reconcile is done");
    long ids = found.getOrDefault("event_ids", 0L);
    return new Verdict(
        Math.abs(truth.distinctValid() + truth.closing() - ids),
        found.getOrDefault("events", 0L) - ids,
        figures(truth, gold, sessions),
        problems);
  }

  private static List<String> figures(Truth truth, GoldTruth gold, Comparison sessions) {
    int rows = gold.tables().values().stream().mapToInt(table -> table.rows().size()).sum();
    return List.of(
        (truth.produced() + truth.closing())
            + " records sent: "
            + truth.distinctValid()
            + " valid events, "
            + truth.closing()
            + " that close",
        "on purpose: "
            + truth.duplicates()
            + " duplicates, "
            + truth.malformed()
            + " malformed, "
            + truth.internal()
            + " internal",
        sessions.expected()
            + " sessions in the truth, "
            + sessions.found()
            + " in the topic, "
            + sessions.differences().size()
            + " differ",
        gold.tables().size() + " relations of gold with " + rows + " rows in the truth compared");
  }

  /** Asks until the lake has what is expected, or time is over. */
  private static Map<String, Long> settled(
      Catalogue catalogue, Map<String, Long> expected, Duration patience)
      throws InterruptedException {
    var lake = new LakeQueries(catalogue);
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      var found = new LinkedHashMap<>(lake.row(ROWS));
      if (found.equals(expected) || System.nanoTime() > deadline) {
        return found;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static Map<String, Long> expected(Truth truth) {
    long sessions = truth.sessions().size();
    long events = truth.distinctValid() + truth.closing();
    var rows = new LinkedHashMap<String, Long>();
    rows.put("raw", truth.produced() + truth.closing());
    rows.put("raw_offsets", truth.produced() + truth.closing());
    rows.put("rejected", truth.malformed() + truth.internal());
    rows.put("events", events);
    rows.put("event_ids", events);
    rows.put("sessions", sessions);
    rows.put("session_keys", sessions);
    rows.put("scores", sessions);
    rows.put("score_keys", sessions);
    return rows;
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

  private static List<String> gold(
      Catalogue catalogue, Truth truth, GoldTruth gold, Duration patience)
      throws InterruptedException, SQLException {
    long deadline = System.nanoTime() + patience.toNanos();
    try (Connection connection = DriverManager.getConnection(catalogue.postgresUrl(), "weir", "")) {
      var tables = new TrueGold(connection, gold);
      while (true) {
        var problems = new ArrayList<>(tables.differences());
        List<List<String>> quality = tables.rows(QUALITY);
        if (!quality.equals(List.of(quality(truth)))) {
          problems.add("gold.quality: expected " + quality(truth) + ", found " + quality);
        }
        if (problems.isEmpty() || System.nanoTime() > deadline) {
          return problems;
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private static List<String> quality(Truth truth) {
    return List.of(
        "" + (truth.produced() + truth.closing()),
        "" + (truth.distinctValid() + truth.closing()),
        "" + truth.duplicates(),
        "" + (truth.malformed() + truth.internal()),
        "0");
  }

  /** Runs a command of lake-tools; its last lines are a problem unless it ends with code 0. */
  private static List<String> tool(Catalogue catalogue, List<String> arguments)
      throws InterruptedException {
    String name = arguments.getFirst();
    LogFile log = catalogue.home().log(name);
    Captured answer = Captured.of(catalogue.lakeTool(arguments), log);
    return answer.exitCode() == 0
        ? List.of()
        : List.of(name + " ended with code " + answer.exitCode() + ": " + end(answer.output()));
  }

  private static String end(String output) {
    List<String> lines = output.lines().toList();
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }
}
