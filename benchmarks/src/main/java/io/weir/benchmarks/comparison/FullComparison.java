package io.weir.benchmarks.comparison;

import static java.util.Objects.requireNonNull;

import io.weir.process.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code ./weir bench full}: the topic to bronze, silver events and sessions, all committed, beside
 * Flink and Spark.
 */
@Command(
    name = "full",
    description = "A topic to events and sessions in the lake, beside Flink and Spark.")
public final class FullComparison implements Callable<Integer> {
  private static final List<String> COMPARED =
      List.of(
          "events",
          "sentinels",
          "sessions",
          "valid_distinct",
          "revenue_cents",
          "duplicates",
          "malformed");

  @Mixin private ComparisonOptions options = new ComparisonOptions();

  /** Returns the exit code: 0 when the counts are right and the floors hold. */
  @Override
  public Integer call() throws InterruptedException {
    var job =
        new EngineComparison.Job(
            "full",
            new EngineComparison.RequiredRatios(1.7, 2.5),
            (plan, broker) -> new FullRun(plan, broker).run(),
            FullComparison::expected);
    return new EngineComparison(job, options.plan(Settings.ofProcess())).run();
  }

  /** Events two days ahead, one a partition, close the sessions: rows, but in no session. */
  static Map<String, Long> expected(Map<String, String> truth) {
    Map<String, Long> expected = SessionsComparison.expected(truth, COMPARED);
    long sentinels = requireNonNull(expected.get("sentinels"));
    expected.put("bronze_rows", requireNonNull(expected.get("events")) + sentinels);
    expected.put("events_rows", requireNonNull(expected.get("valid_distinct")) + sentinels);
    return expected;
  }
}
