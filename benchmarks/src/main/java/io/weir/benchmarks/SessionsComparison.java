package io.weir.benchmarks;

import static java.util.Objects.requireNonNull;

import io.weir.contract.KafkaConnection;
import io.weir.contract.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * {@code ./weir bench sessions}: the same topic to closed sessions by Weir, Flink and Spark, one
 * after the other on one machine.
 */
final class SessionsComparison {
  private static final long RECORDS = 2_000_004;
  private static final double FLINK_FLOOR = 2.5;
  private static final double SPARK_FLOOR = 3;

  private final RunOptions options;
  private final Peers peers;
  private final Map<String, List<RunLine>> lines = new TreeMap<>();
  private boolean isRight = true;

  private SessionsComparison(RunOptions options) {
    this.options = options;
    this.peers = new Peers(options);
  }

  /** Returns the exit code: 0 when the counts are right and the floors hold. */
  static int run(List<String> words) throws InterruptedException {
    var options = RunOptions.parse(words, Settings.ofProcess());
    return new SessionsComparison(options).run();
  }

  private int run() throws InterruptedException {
    boolean isOurBroker = peers.startBroker();
    try {
      loadOnce();
      Map<String, String> truth = peers.truth();
      for (int round = 1; round <= options.rounds(); round++) {
        for (String engine : options.engines()) {
          RunLine line = engine.equals(RunOptions.WEIR) ? weir(truth) : peers.sessions(engine);
          lines.computeIfAbsent(engine, _ -> new ArrayList<>()).add(line);
        }
      }
    } finally {
      if (isOurBroker) {
        peers.stopBroker();
      }
    }
    boolean beatsFlink = holds("flink", FLINK_FLOOR);
    boolean beatsSpark = holds("spark", SPARK_FLOOR);
    return isRight && beatsFlink && beatsSpark ? 0 : 1;
  }

  private void loadOnce() {
    try (Admin admin = new KafkaConnection(options.bootstrapServers(), Map.of()).admin()) {
      if (new TopicStore(admin).records(WeirRun.RAW, WeirRun.PARTITIONS) != RECORDS) {
        peers.load();
      }
    }
  }

  private RunLine weir(Map<String, String> truth) throws InterruptedException {
    WeirRun.Result result = new WeirRun(options, peers.brokerPid()).run(RECORDS);
    System.out.println("# CPU seconds by thread: " + ProcessUsage.busiest(result.cpuByThread()));
    System.out.println("# on the broker: " + megabytes(result.topicBytes()));
    result
        .counts()
        .forEach((name, count) -> {
          boolean isSame = Long.toString(count).equals(truth.get(name));
          isRight &= isSame;
          String verdict = isSame ? "as it must be" : "must be " + truth.get(name);
          System.out.println("# " + name + "=" + count + " " + verdict);
        });
    System.out.println(result.line());
    return result.line();
  }

  private static String megabytes(Map<String, Long> bytes) {
    return bytes.entrySet().stream()
        .map(topic ->
            String.format(Locale.ROOT, "%s %.1f MB", topic.getKey(), topic.getValue() / 1e6))
        .collect(Collectors.joining(", "));
  }

  /** Whether Weir is so many times as good as a peer; true where one of the two did not run. */
  private boolean holds(String peer, double floor) {
    if (!lines.containsKey(peer) || !lines.containsKey(RunOptions.WEIR)) {
      return true;
    }
    double ratio =
        median(RunOptions.WEIR, RunLine::eventsPerCpuSecond)
            / median(peer, RunLine::eventsPerCpuSecond);
    double speed =
        median(RunOptions.WEIR, RunLine::eventsPerSecond) / median(peer, RunLine::eventsPerSecond);
    boolean holds = ratio >= floor;
    System.out.printf(
        Locale.ROOT,
        "# weir / %s: %.2f in events per CPU-second of all processes (floor %.1f: %s),"
            + " %.2f in events per second; medians of %d%n",
        peer,
        ratio,
        floor,
        holds ? "holds" : "MISSED",
        speed,
        options.rounds());
    return holds;
  }

  private interface Figure {
    double of(RunLine line);
  }

  private double median(String engine, Figure figure) {
    double[] sorted =
        requireNonNull(lines.get(engine)).stream().mapToDouble(figure::of).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
