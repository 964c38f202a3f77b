package io.weir.benchmarks.process;

import io.weir.local.platform.Home;
import io.weir.local.platform.TrainingProgram;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A training of a model in a process of its own. */
public final class TrainingRun {
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final String RESULT = "trained ";

  private TrainingRun() {}

  /**
   * Trains the conversion model on the sessions of the lake, without events, so without prefixes;
   * returns the trainer's own line of the result.
   */
  public static String ofSessions(Home home, Map<String, String> settings)
      throws InterruptedException {
    List<String> arguments = List.of("sessions", "--cuts=0", "--out=" + home.model());
    var program = new TrainingProgram(ProjectFolder.checkout(), home);
    try (BenchProcess process = BenchProcess.start(program.spec(arguments, settings))) {
      process.awaitEnd(PATIENCE);
      return process.output().stream()
          .filter(line -> line.startsWith(RESULT))
          .findFirst()
          .orElseThrow(() -> new StartupException("nothing was trained: " + process.output()));
    }
  }
}
