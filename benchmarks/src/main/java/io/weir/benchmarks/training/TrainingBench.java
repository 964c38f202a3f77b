package io.weir.benchmarks.training;

import io.weir.benchmarks.measure.Floors;
import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.CatalogDatabase;
import io.weir.benchmarks.process.TrainingRun;
import io.weir.benchmarks.process.WholeNumber;
import io.weir.lake.LakeSettings;
import io.weir.lake.gold.Postgres;
import io.weir.lake.table.LakeLocation;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.training.session.CutPlan;
import io.weir.training.session.LakeSessions;
import io.weir.training.session.LakeSessions.Range;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./weir bench training}: reads 300,000 simulated sessions from the lake, and trains on
 * them.
 */
@Command(
    name = "training",
    description = "Reading sessions from the lake, and training on them; 5 min.")
public final class TrainingBench implements Callable<Integer> {
  private static final int RUNS = 3;
  private static final double MOST_SECONDS_READING = 20;
  private static final double MOST_SECONDS = 60;
  private static final Pattern SECONDS = Pattern.compile("; ([\\d.]+) s$");

  @Option(
      names = "--sessions",
      paramLabel = "N",
      defaultValue = "300000",
      converter = WholeNumber.class,
      description = "Sessions in the lake (default ${DEFAULT-VALUE}).")
  private int sessions;

  private final Floors floors = new Floors();

  /** Returns the exit code: 0 when the floors hold. */
  @Override
  public Integer call() throws InterruptedException {
    try (BenchPlatform platform = BenchPlatform.open();
        CatalogDatabase database = CatalogDatabase.start(platform.home())) {
      Map<String, String> settings = new SessionLoad(platform, database).fill(sessions);
      var times = new double[RUNS];
      for (int run = 0; run < RUNS; run++) {
        times[run] = read(settings);
        System.out.printf(Locale.ROOT, "reading run=%d seconds=%.2f%n", run + 1, times[run]);
      }
      Arrays.sort(times);
      floors.atMost("reading, median", times[RUNS / 2], MOST_SECONDS_READING, "s");
      String result = TrainingRun.ofSessions(platform.home(), settings);
      System.out.println(result);
      // The trainer's own time has the reading in it, and the report.
      floors.atMost("reading and training", seconds(result), MOST_SECONDS, "s");
      return floors.exitCode();
    }
  }

  /** Reads all sessions and computes their features. */
  private double read(Map<String, String> environment) {
    Settings settings = Settings.of(environment);
    LakeLocation lake = LakeSettings.location(settings, Postgres.from(settings));
    long before = System.nanoTime();
    int rows = LakeSessions.read(lake, Range.ALL, CutPlan.NONE).rows().rows().size();
    double seconds = (System.nanoTime() - before) / 1e9;
    System.out.println("# " + rows + " sessions to train on; those of bots are left out");
    return seconds;
  }

  private static double seconds(String result) {
    Matcher found = SECONDS.matcher(result);
    if (!found.find()) {
      throw new StartupException("the trainer does not say how long it took: " + result);
    }
    return Double.parseDouble(found.group(1));
  }
}
