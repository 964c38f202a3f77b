package io.weir.benchmarks.scoring;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.measure.Latencies;
import io.weir.benchmarks.micro.DrawnTrees;
import io.weir.scoring.model.TreeContributions;
import io.weir.scoring.model.TreeEnsemble;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * Scores of {@link DrawnTrees} on one thread. Rates are per second of the thread's CPU time;
 * latencies are times of the clock, so they need a quiet machine.
 */
final class InProcessRun {
  private static final int RUNS = 5;
  private static final int WARM_UP = 300_000;
  private static final int SCORES = 500_000;
  private static final int REASONS = 50_000;
  private static final int TIMED = 200_000;
  private static final double LEAST_SCORES = 400_000;
  private static final double LEAST_REASONS = 20_000;
  private static final double MOST_MICROS = 5;
  private static final double MICROS_PER_MILLI = 1e3;
  private static final double P99 = 0.99;

  private final DrawnTrees drawn = new DrawnTrees();
  private final TreeEnsemble trees = drawn.trees();
  private final TreeContributions contributions = trees.contributions().orElseThrow();
  private final Floors floors;
  private double sink;

  InProcessRun(Floors floors) {
    this.floors = floors;
  }

  void run() {
    IntToDoubleFunction scoring = number -> trees.score(drawn.vector(number));
    IntToDoubleFunction explaining = number -> contributions.of(drawn.vector(number))[0];
    repeat(scoring, WARM_UP);
    repeat(explaining, WARM_UP / 10);
    timed(scoring);
    var scores = new double[RUNS];
    var reasons = new double[RUNS];
    var p99 = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      scores[run] = perCpuSecond(scoring, SCORES);
      reasons[run] = perCpuSecond(explaining, REASONS);
      Latencies latencies = timed(scoring);
      p99[run] = MICROS_PER_MILLI * latencies.millis(P99);
      tell(run + 1, scores[run], reasons[run], latencies);
    }
    System.out.println("# the sum of all results, so that none is left out: " + sink);
    floors.atLeast("scores, median", median(scores), LEAST_SCORES, "per CPU-second");
    floors.atLeast("contributions, median", median(reasons), LEAST_REASONS, "per CPU-second");
    floors.atMost("score p99, median", median(p99), MOST_MICROS, "µs");
  }

  private void repeat(IntToDoubleFunction work, int times) {
    for (int number = 0; number < times; number++) {
      sink += work.applyAsDouble(number);
    }
  }

  private double perCpuSecond(IntToDoubleFunction work, int times) {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    repeat(work, times);
    return times * 1e9 / (threads.getCurrentThreadCpuTime() - before);
  }

  private Latencies timed(IntToDoubleFunction work) {
    var latencies = new Latencies();
    for (int number = 0; number < TIMED; number++) {
      long before = System.nanoTime();
      sink += work.applyAsDouble(number);
      latencies.add(System.nanoTime() - before);
    }
    return latencies;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void tell(int run, double scores, double reasons, Latencies latencies) {
    System.out.printf(
        Locale.ROOT,
        "process run=%d scores_per_cpu_s=%.0f contributions_per_cpu_s=%.0f"
            + " p50_us=%.2f p99_us=%.2f p99.9_us=%.2f%n",
        run,
        scores,
        reasons,
        MICROS_PER_MILLI * latencies.millis(0.5),
        MICROS_PER_MILLI * latencies.millis(P99),
        MICROS_PER_MILLI * latencies.millis(0.999));
  }
}
