package io.weir.benchmarks.comparison;

import static java.util.Objects.requireNonNull;

import io.weir.process.Settings;
import java.util.List;
import java.util.Map;

/**
 * {@code ./weir bench full}: the topic to bronze, silver events and sessions, all committed, beside
 * Flink and Spark.
 */
public final class FullComparison {
  private static final List<String> COMPARED =
      List.of(
          "events",
          "sentinels",
          "sessions",
          "valid_distinct",
          "revenue_cents",
          "duplicates",
          "malformed");

  private FullComparison() {}

  /** Returns the exit code: 0 when the counts are right and the floors hold. */
  public static int run(List<String> words) throws InterruptedException {
    var job =
        new Comparison.Job(
            "full",
            new Comparison.Floors(1.7, 2.5),
            (options, broker) -> new FullRun(options, broker).run(Comparison.RECORDS),
            FullComparison::answers);
    return new Comparison(job, RunOptions.parse(words, Settings.ofProcess())).run();
  }

  /** Events two days ahead, one a partition, close the sessions: rows, but in no session. */
  public static Map<String, Long> answers(Map<String, String> truth) {
    Map<String, Long> answers = SessionsComparison.answers(truth, COMPARED);
    long sentinels = requireNonNull(answers.get("sentinels"));
    answers.put("bronze_rows", requireNonNull(answers.get("events")) + sentinels);
    answers.put("events_rows", requireNonNull(answers.get("valid_distinct")) + sentinels);
    return answers;
  }
}
