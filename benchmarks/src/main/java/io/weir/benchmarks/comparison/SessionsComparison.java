package io.weir.benchmarks.comparison;

import io.weir.process.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code ./weir bench sessions}: the topic to closed sessions, beside Flink and Spark. */
public final class SessionsComparison {
  private static final List<String> COMPARED =
      List.of("sessions", "valid_distinct", "revenue_cents", "duplicates", "malformed");

  private SessionsComparison() {}

  /** Returns the exit code: 0 when the counts are right and the floors hold. */
  public static int run(List<String> words) throws InterruptedException {
    var job =
        new Comparison.Job(
            "sessions",
            new Comparison.Floors(2.5, 3),
            (options, broker) -> new WeirRun(options, broker).run(Comparison.RECORDS),
            truth -> answers(truth, COMPARED));
    return new Comparison(job, RunOptions.parse(words, Settings.ofProcess())).run();
  }

  /** Those of the loader's numbers. */
  public static Map<String, Long> answers(Map<String, String> truth, List<String> names) {
    var answers = new HashMap<String, Long>();
    for (String name : names) {
      String number = truth.get(name);
      if (number == null) {
        throw new IllegalStateException("the loader does not say " + name + ": " + truth);
      }
      answers.put(name, Long.valueOf(number));
    }
    return answers;
  }
}
