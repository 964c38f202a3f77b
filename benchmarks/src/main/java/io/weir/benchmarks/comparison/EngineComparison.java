package io.weir.benchmarks.comparison;

import static java.util.Objects.requireNonNull;

import io.weir.benchmarks.measure.Median;
import io.weir.benchmarks.measure.RunLine;
import io.weir.benchmarks.process.ProjectFolder;
import io.weir.benchmarks.topic.TopicStore;
import io.weir.process.KafkaConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;

/** The same job by Weir, Flink and Spark, one after the other on one machine. */
final class EngineComparison {
  /** A broker is warm when a run costs it nearly as much as the one before. */
  private static final double WARM = 0.9;

  /** What the other engines call the counts that the loader tells. */
  private static final Map<String, String> COUNTS_OF_PEERS =
      Map.of(
          "sessions", "sessions",
          "session_events", "valid_distinct",
          "revenue_cents", "revenue_cents");

  private final Job job;
  private final RunPlan plan;
  private final PeerEngines peers;
  private final CountedRuns runs;
  private final Map<String, List<RunLine>> lines = new TreeMap<>();

  EngineComparison(Job job, RunPlan plan) {
    this.job = job;
    this.plan = plan;
    this.peers = new PeerEngines(plan);
    this.runs = new CountedRuns(job, peers);
  }

  /** How many times as good as the others Weir must be. */
  record RequiredRatios(double flink, double spark) {}

  /** What is compared: {@code name} is what the others' script calls it. */
  record Job(String name, RequiredRatios ratios, WeirEngine weir, ExpectedCounts expected) {}

  /** Weir, which does the job once. */
  interface WeirEngine {
    StreamRun.RunResult run(RunPlan plan, long brokerPid) throws InterruptedException;
  }

  /** The counts a run must find, taken from what the loader of the topic says. */
  interface ExpectedCounts {
    Map<String, Long> of(Map<String, String> truth);
  }

  /** Returns the exit code: 0 when the counts are right and the floors hold. */
  int run() throws InterruptedException {
    boolean isOurBroker = peers.startBroker();
    try {
      loadOnce(plan, peers);
      Map<String, String> truth = peers.truth();
      if (isOurBroker) {
        warmUp(job, plan, peers);
      }
      for (int round = 1; round <= plan.rounds(); round++) {
        for (String engine : plan.engines()) {
          RunLine line = engine.equals(RunPlan.WEIR) ? runs.run(plan, truth) : peer(engine, truth);
          lines.computeIfAbsent(engine, _ -> new ArrayList<>()).add(line);
        }
      }
    } finally {
      if (isOurBroker) {
        peers.stopBroker();
      }
    }
    boolean beatsFlink = holds("flink", job.ratios().flink());
    boolean beatsSpark = holds("spark", job.ratios().spark());
    return runs.isRight() && beatsFlink && beatsSpark ? 0 : 1;
  }

  /** A broker runs for months: the first engine after its start must not pay for its warming up. */
  static void warmUp(Job job, RunPlan plan, PeerEngines peers) throws InterruptedException {
    double before = Double.MAX_VALUE;
    for (int i = 0; i < plan.warmUps(); i++) {
      RunLine line = job.weir().run(plan, peers.brokerPid()).line();
      System.out.println("# warms up the broker, does not count: " + line);
      double now = line.brokerCpuSeconds();
      if (now >= WARM * before) {
        return;
      }
      before = now;
    }
  }

  /** Loads the raw topic unless it has the records already; what was made of another one goes. */
  static void loadOnce(RunPlan plan, PeerEngines peers) {
    try (Admin admin = new KafkaConnection(plan.bootstrapServers(), Map.of()).admin()) {
      var store = new TopicStore(admin);
      if (store.records(StreamRun.RAW, ProjectFolder.PARTITIONS) != plan.records()) {
        peers.load();
        store.delete(List.of(StreamRun.PREFIX + "."), StreamRun.RAW);
      }
    }
  }

  private RunLine peer(String engine, Map<String, String> truth) {
    PeerEngines.PeerRun run = peers.measure(engine, job.name());
    COUNTS_OF_PEERS.forEach((name, nameOfLoader) -> {
      String count = run.counts().get(name);
      String expected = truth.get(nameOfLoader);
      if (count != null && expected != null) {
        runs.check(engine + " " + name, Long.parseLong(count), Long.valueOf(expected));
      }
    });
    return run.line();
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
        plan.rounds());
    return holds;
  }

  private interface Figure {
    double of(RunLine line);
  }

  private double median(String engine, Figure figure) {
    return Median.of(requireNonNull(lines.get(engine)).stream().map(figure::of).toList());
  }
}
