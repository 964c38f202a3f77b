package io.weir.benchmarks.scoring;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.process.WholeNumber;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./weir bench scoring}: how many scores a second, and how soon they come. */
@Command(
    name = "scoring",
    description = "Scores: in process, over HTTP, and after their session; 5 min.")
public final class ScoringBench implements Callable<Integer> {
  @Option(
      names = "--only",
      paramLabel = "all|process|rest|beside",
      defaultValue = "all",
      description = "One part alone (default ${DEFAULT-VALUE}).")
  private Part only = Part.all;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "60",
      converter = WholeNumber.class,
      description = "Requests before the measurement (default ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "30",
      converter = WholeNumber.class,
      description = "Length of a measurement (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private StreamAppOptions options = new StreamAppOptions();

  private final Floors floors = new Floors();

  /** A part of the benchmark, or all. */
  private enum Part {
    all,
    process,
    rest,
    beside
  }

  /** Returns the exit code: 0 when the floors hold. */
  @Override
  public Integer call() throws InterruptedException {
    if (isWanted(Part.process)) {
      new InProcessRun(floors).run();
    }
    if (isWanted(Part.rest)) {
      try (BenchPlatform platform = BenchPlatform.open()) {
        new AnswersRun(options, warmUp, seconds).alone(platform, floors);
      }
    }
    if (isWanted(Part.beside)) {
      try (BenchPlatform platform = BenchPlatform.open()) {
        new AnswersRun(options, warmUp, seconds).besideEvents(platform, floors);
      }
    }
    return floors.exitCode();
  }

  private boolean isWanted(Part part) {
    return only == Part.all || only == part;
  }
}
