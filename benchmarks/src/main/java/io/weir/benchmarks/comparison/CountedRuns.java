package io.weir.benchmarks.comparison;

import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.measure.RunLine;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs of Weir that must find the counts of the loader; prints each. */
final class CountedRuns {
  private final EngineComparison.Job job;
  private final PeerEngines peers;
  private boolean isRight = true;

  CountedRuns(EngineComparison.Job job, PeerEngines peers) {
    this.job = job;
    this.peers = peers;
  }

  /** Whether all counts were right so far. */
  boolean isRight() {
    return isRight;
  }

  RunLine run(RunPlan plan, Map<String, String> truth) throws InterruptedException {
    StreamRun.RunResult result = job.weir().run(plan, peers.brokerPid());
    System.out.println("# CPU seconds by thread: " + ProcessUsage.busiest(result.cpuByThread()));
    System.out.println("# on the broker: " + megabytes(result.topicBytes()));
    Map<String, Long> expected = job.expected().of(truth);
    result.counts().forEach((name, count) -> check(name, count, expected.get(name)));
    System.out.println(result.line());
    return result.line();
  }

  void check(String name, long count, @Nullable Long expected) {
    boolean isSame = expected != null && count == expected;
    isRight &= isSame;
    String verdict = isSame ? "as it must be" : "must be " + expected;
    System.out.println("# " + name + "=" + count + " " + verdict);
  }

  private static String megabytes(Map<String, Long> bytes) {
    return bytes.entrySet().stream()
        .map(topic ->
            String.format(Locale.ROOT, "%s %.1f MB", topic.getKey(), topic.getValue() / 1e6))
        .collect(Collectors.joining(", "));
  }
}
