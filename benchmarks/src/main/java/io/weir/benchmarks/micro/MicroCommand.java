package io.weir.benchmarks.micro;

import io.weir.process.StartupException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A JMH benchmark of one path, for example {@code ./weir bench ingest}; prints allocation too. */
@Command
public final class MicroCommand implements Callable<Integer> {
  private static final TimeValue SHORT = TimeValue.milliseconds(100);

  private final Class<?> benchmark;

  @Option(
      names = "--quick",
      description = "One short iteration without warm-up: tells that it runs, not how fast.")
  private boolean isQuick;

  private MicroCommand(Class<?> benchmark) {
    this.benchmark = benchmark;
  }

  /** The commands by name. */
  public static Map<String, CommandLine> all() {
    var commands = new TreeMap<String, CommandLine>();
    commands.put("ingest", of(IngestBenchmark.class, "Raw bytes to an encoded enriched event."));
    commands.put("fold", of(FoldBenchmark.class, "One event into a visitor's stored state."));
    commands.put(
        "referrer", of(ReferrerBenchmark.class, "The class of one referrer: known, new, hostile."));
    commands.put(
        "score",
        of(ScoreBenchmark.class, "One score, without and with the contributions of features."));
    commands.put(
        "long",
        of(LongSessionBenchmark.class, "One event of a visitor with 20, 2,000 and 20,000 events."));
    return commands;
  }

  private static CommandLine of(Class<?> benchmark, String description) {
    var command = new CommandLine(new MicroCommand(benchmark));
    command.getCommandSpec().usageMessage().description("JMH: " + description);
    return command;
  }

  @Override
  public Integer call() {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmark.getName())
            .addProfiler(GCProfiler.class)
            .jvmArgsAppend(
                "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
    if (isQuick) {
      options.warmupIterations(0).measurementIterations(1).measurementTime(SHORT);
      options.shouldFailOnError(true);
    }
    try {
      new Runner(options.build()).run();
      return 0;
    } catch (RunnerException e) {
      throw new StartupException("the benchmark does not run: " + e.getMessage(), e);
    }
  }
}
