package io.weir.benchmarks.comparison;

import io.weir.benchmarks.process.WholeNumber;
import io.weir.process.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./weir bench sessions}: the topic to closed sessions, beside Flink and Spark. */
@Command(name = "sessions", description = "A topic to closed sessions, beside Flink and Spark.")
public final class SessionsComparison implements Callable<Integer> {
  private static final List<String> COMPARED =
      List.of("sessions", "valid_distinct", "revenue_cents", "duplicates", "malformed");

  @Option(
      names = "--gold-pairs",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = {
        "In place of the comparison: Weir without and with gold in turn, N times;",
        "the median must be at most 1.2 times the CPU time."
      })
  private @Nullable Integer goldPairs;

  @Mixin private ComparisonOptions options = new ComparisonOptions();

  /** Returns the exit code: 0 when the counts are right and the floors hold. */
  @Override
  public Integer call() throws InterruptedException {
    var job =
        new EngineComparison.Job(
            "sessions",
            new EngineComparison.RequiredRatios(2.5, 3),
            (plan, broker) -> new StreamRun(plan, broker).run(),
            truth -> expected(truth, COMPARED));
    RunPlan plan = options.plan(Settings.ofProcess());
    return goldPairs == null
        ? new EngineComparison(job, plan).run()
        : new GoldPairs(job, plan).run(goldPairs);
  }

  /** The counts of the loader that are compared. */
  static Map<String, Long> expected(Map<String, String> truth, List<String> names) {
    var expected = new HashMap<String, Long>();
    for (String name : names) {
      String number = truth.get(name);
      if (number == null) {
        throw new IllegalStateException("the loader does not say " + name + ": " + truth);
      }
      expected.put(name, Long.valueOf(number));
    }
    return expected;
  }
}
