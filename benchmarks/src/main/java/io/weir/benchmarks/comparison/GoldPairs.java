package io.weir.benchmarks.comparison;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.measure.Median;
import io.weir.benchmarks.measure.RunLine;
import io.weir.benchmarks.process.StreamAppOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What gold costs in the comparison: Weir without and with it, in turn on one broker and topic. */
final class GoldPairs {
  private static final double MOST = 1.2;

  private final EngineComparison.Job job;
  private final RunPlan plan;
  private final PeerEngines peers;
  private final CountedRuns runs;
  private final List<Double> ratios = new ArrayList<>();

  GoldPairs(EngineComparison.Job job, RunPlan plan) {
    this.job = job;
    this.plan = plan;
    this.peers = new PeerEngines(plan);
    this.runs = new CountedRuns(job, peers);
  }

  /** Returns the exit code: 0 when the counts are right and the floor holds. */
  int run(int pairs) throws InterruptedException {
    boolean isOurBroker = peers.startBroker();
    try {
      EngineComparison.loadOnce(plan, peers);
      Map<String, String> truth = peers.truth();
      if (isOurBroker) {
        EngineComparison.warmUp(job, plan, peers);
      }
      for (int pair = 1; pair <= pairs; pair++) {
        pair(pair, truth);
      }
    } finally {
      if (isOurBroker) {
        peers.stopBroker();
      }
    }
    var floors = new Floors();
    floors.atMost("CPU time of an event with gold, median", Median.of(ratios), MOST, "times");
    return runs.isRight() ? floors.exitCode() : 1;
  }

  /** The run that comes first changes from pair to pair. */
  private void pair(int number, Map<String, String> truth) throws InterruptedException {
    RunPlan plain = plan.withFlag(StreamAppOptions.WITHOUT_GOLD);
    boolean isPlainFirst = number % 2 == 1;
    RunLine first = runs.run(isPlainFirst ? plain : plan, truth);
    RunLine second = runs.run(isPlainFirst ? plan : plain, truth);
    RunLine without = isPlainFirst ? first : second;
    RunLine with = isPlainFirst ? second : first;
    double ratio = without.eventsPerOwnCpuSecond() / with.eventsPerOwnCpuSecond();
    ratios.add(ratio);
    System.out.printf(
        Locale.ROOT,
        "# pair %d: an event costs %.2f times as much CPU time with gold, %.2f with the broker's%n",
        number,
        ratio,
        without.eventsPerCpuSecond() / with.eventsPerCpuSecond());
  }
}
