package io.weir.benchmarks;

import io.weir.benchmarks.comparison.FullComparison;
import io.weir.benchmarks.comparison.LakeComparison;
import io.weir.benchmarks.comparison.SessionsComparison;
import io.weir.benchmarks.gold.GoldBench;
import io.weir.benchmarks.micro.MicroCommand;
import io.weir.benchmarks.queries.QueriesBench;
import io.weir.benchmarks.scale.FlatBench;
import io.weir.benchmarks.scale.MemoryBench;
import io.weir.benchmarks.scale.TraceBench;
import io.weir.benchmarks.scoring.ScoringBench;
import io.weir.benchmarks.training.TrainingBench;
import io.weir.local.platform.ServiceFailedException;
import io.weir.process.StartupException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line behind {@code ./weir bench}: prints machine, date, versions and all runs. */
@Command(
    name = "weir bench",
    description = "Measures Weir on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME",
    footer = {
      "",
      "Exit codes: 0 all floors hold, 1 a floor is missed, 2 wrong usage, or it could not run."
    })
public final class Main {
  private static final int UNUSABLE = 2;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var commandLine = new CommandLine(new Main());
    MicroCommand.all().forEach(commandLine::addSubcommand);
    for (Callable<Integer> command :
        List.<Callable<Integer>>of(
            new SessionsComparison(),
            new FullComparison(),
            new LakeComparison(),
            new QueriesBench(),
            new FlatBench(),
            new MemoryBench(),
            new TraceBench(),
            new GoldBench(),
            new ScoringBench(),
            new TrainingBench())) {
      commandLine.addSubcommand(command);
    }
    commandLine
        .getSubcommands()
        .values()
        .forEach(each -> each.getCommandSpec().mixinStandardHelpOptions(true));
    commandLine.setExecutionStrategy(Main::measure);
    commandLine.setExecutionExceptionHandler(Main::explain);
    return commandLine;
  }

  private static int measure(CommandLine.ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    if (parsed.hasSubcommand()) {
      printSurroundings();
    }
    int exitCode = new CommandLine.RunLast().execute(parsed);
    printSurroundings();
    return exitCode;
  }

  /** A user can mend what a message of ours says; anything else is a defect and shows where. */
  private static int explain(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) throws Exception {
    if (failure instanceof StartupException || failure instanceof ServiceFailedException) {
      commandLine.getErr().println("bench: " + failure.getMessage());
      return UNUSABLE;
    }
    throw failure;
  }

  private static void printSurroundings() {
    System.out.printf(
        "# %s  %s %s, %d cores, load %.1f, Java %s, Kafka %s%n",
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        System.getProperty("java.vm.version"),
        AppInfoParser.getVersion());
  }
}
