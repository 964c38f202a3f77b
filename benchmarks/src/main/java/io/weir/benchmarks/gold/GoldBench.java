package io.weir.benchmarks.gold;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.StreamAppOptions;
import io.weir.benchmarks.process.WholeNumber;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./weir bench gold}: how soon the numbers of gold can be read, and what they cost. */
@Command(
    name = "gold",
    description = "Gold: answers, rows for PostgreSQL, live figures, days of visitors; 10 min.")
public final class GoldBench implements Callable<Integer> {
  @Option(
      names = "--only",
      paramLabel = "all|rest|upserts|live|days|cost",
      defaultValue = "all",
      description = "One part alone; all but cost (default ${DEFAULT-VALUE}).")
  private Part only = Part.all;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "30",
      converter = WholeNumber.class,
      description = "Questions before the measurement (default ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "30",
      converter = WholeNumber.class,
      description = "Length of a measurement (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--cells",
      paramLabel = "N",
      defaultValue = "500000",
      converter = WholeNumber.class,
      description = "About so many cells are upserted (default ${DEFAULT-VALUE}).")
  private int cells;

  @Option(
      names = "--visitors",
      paramLabel = "N",
      defaultValue = "1000000",
      converter = WholeNumber.class,
      description = "Visitors with a record of days (default ${DEFAULT-VALUE}).")
  private int visitors;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "10",
      converter = WholeNumber.class,
      description = "Pairs of the part cost (default ${DEFAULT-VALUE}).")
  private int pairs;

  @Mixin private StreamAppOptions options = new StreamAppOptions();

  private final Floors floors = new Floors();

  /** A part of the benchmark, or all. */
  private enum Part {
    all,
    rest,
    upserts,
    live,
    days,
    cost
  }

  /** Returns the exit code: 0 when the floors hold. */
  @Override
  public Integer call() throws InterruptedException {
    run(Part.rest, platform -> new RestRun(options, warmUp, seconds).run(platform, floors));
    run(Part.upserts, platform -> new UpsertRun(cells).run(platform, floors));
    run(Part.live, platform -> new LiveRun(options, warmUp, seconds).run(platform, floors));
    run(Part.days, platform -> new VisitorDaysRun(options, visitors).run(platform, floors));
    if (only == Part.cost) {
      run(
          Part.cost,
          platform -> new CostRun(options, pairs, warmUp, seconds).run(platform, floors));
    }
    return floors.exitCode();
  }

  /** A measurement beside a broker of its own. */
  private interface Measurement {
    void run(BenchPlatform platform) throws InterruptedException;
  }

  private void run(Part part, Measurement measurement) throws InterruptedException {
    if (only == Part.all || only == part) {
      try (BenchPlatform platform = BenchPlatform.open()) {
        measurement.run(platform);
      }
    }
  }
}
