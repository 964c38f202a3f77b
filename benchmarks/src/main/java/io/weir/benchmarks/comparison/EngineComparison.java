package io.weir.benchmarks.comparison;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.topic.TopicStore;
import io.weir.benchmarks.measure.RunLine;
import io.weir.benchmarks.measure.ProcessUsage;

import static java.util.Objects.requireNonNull;

import io.weir.process.KafkaConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** The same job by Weir, Flink and Spark, one after the other on one machine. */
final class EngineComparison {
  static final long RECORDS = 2_000_004;

  /** A broker is warm when a run costs it nearly as much as the one before. */
  private static final double WARM = 0.9;

  private static final int MOST_WARM_UPS = 6;

  /** How many times as good as the others Weir must be. */
  record Floors(double flink, double spark) {}

  /** What is compared: {@code name} is what the others' script calls it. */
  record Job(String name, Floors floors, Weir weir, Answers answers) {}

  /** Does the job once. */
  interface Weir {
    StreamRun.Result run(RunPlan options, long brokerPid) throws InterruptedException;
  }

  /** What a run must find, from what the loader of the topic says. */
  interface Answers {
    Map<String, Long> of(Map<String, String> truth);
  }

  private final Job job;
  private final RunPlan options;
  private final PeerEngines peers;
  private final Map<String, List<RunLine>> lines = new TreeMap<>();
  private boolean isRight = true;

  EngineComparison(Job job, RunPlan options) {
    this.job = job;
    this.options = options;
    this.peers = new PeerEngines(options);
  }

  /** Returns the exit code: 0 when the counts are right and the floors hold. */
  int run() throws InterruptedException {
    boolean isOurBroker = peers.startBroker();
    try {
      loadOnce(options, peers);
      Map<String, Long> answers = job.answers().of(peers.truth());
      if (isOurBroker) {
        warmUp();
      }
      for (int round = 1; round <= options.rounds(); round++) {
        for (String engine : options.engines()) {
          RunLine line =
              engine.equals(RunPlan.WEIR) ? weir(answers) : peers.measure(engine, job.name());
          lines.computeIfAbsent(engine, _ -> new ArrayList<>()).add(line);
        }
      }
    } finally {
      if (isOurBroker) {
        peers.stopBroker();
      }
    }
    boolean beatsFlink = holds("flink", job.floors().flink());
    boolean beatsSpark = holds("spark", job.floors().spark());
    return isRight && beatsFlink && beatsSpark ? 0 : 1;
  }

  /** A broker runs for months: who is first after its start must not pay for its warming up. */
  private void warmUp() throws InterruptedException {
    double before = Double.MAX_VALUE;
    double now = warmUpCost();
    for (int i = 1; i < MOST_WARM_UPS && now < WARM * before; i++) {
      before = now;
      now = warmUpCost();
    }
  }

  private double warmUpCost() throws InterruptedException {
    RunLine line = job.weir().run(options, peers.brokerPid()).line();
    System.out.println("# warms up the broker, does not count: " + line);
    return line.brokerCpuSeconds();
  }

  static void loadOnce(RunPlan options, PeerEngines peers) {
    try (Admin admin = new KafkaConnection(options.bootstrapServers(), Map.of()).admin()) {
      if (new TopicStore(admin).records(StreamRun.RAW, StreamRun.PARTITIONS) != RECORDS) {
        peers.load();
      }
    }
  }

  private RunLine weir(Map<String, Long> answers) throws InterruptedException {
    StreamRun.Result result = job.weir().run(options, peers.brokerPid());
    System.out.println("# CPU seconds by thread: " + ProcessUsage.busiest(result.cpuByThread()));
    System.out.println("# on the broker: " + megabytes(result.topicBytes()));
    result
        .counts()
        .forEach((name, count) -> {
          Long wanted = answers.get(name);
          boolean isSame = count.equals(wanted);
          isRight &= isSame;
          String verdict = isSame ? "as it must be" : "must be " + wanted;
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
    if (!lines.containsKey(peer) || !lines.containsKey(RunPlan.WEIR)) {
      return true;
    }
    double ratio =
        median(RunPlan.WEIR, RunLine::eventsPerCpuSecond)
            / median(peer, RunLine::eventsPerCpuSecond);
    double speed =
        median(RunPlan.WEIR, RunLine::eventsPerSecond) / median(peer, RunLine::eventsPerSecond);
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
