package io.weir.local;

import io.weir.local.command.CheckReplayCommand;
import io.weir.local.command.DemoCommand;
import io.weir.local.command.DownCommand;
import io.weir.local.command.DrillCommand;
import io.weir.local.command.IngestCommand;
import io.weir.local.command.LakeCommand;
import io.weir.local.command.LogsCommand;
import io.weir.local.command.MakeArchiveCommand;
import io.weir.local.command.ModelCommand;
import io.weir.local.command.OfflineCommand;
import io.weir.local.command.RehearseCommand;
import io.weir.local.command.SimulateCommand;
import io.weir.local.command.SqlCommand;
import io.weir.local.command.StatusCommand;
import io.weir.local.command.TopicsCommand;
import io.weir.local.command.TrainCommand;
import io.weir.local.drill.DrillFailedException;
import io.weir.local.platform.ServiceFailedException;
import io.weir.local.process.TemporaryFolder;
import io.weir.process.ExitCodes;
import io.weir.process.command.CommandErrors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParseResult;

/** The command line behind {@code ./weir}. */
@Command(
    name = "weir",
    description = "Clickstream analytics on Kafka, on one machine.",
    mixinStandardHelpOptions = true,
    version = "weir 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Building and testing:",
      "  test           All checks and fast tests",
      "  verify         The same and the integration tests, with real servers",
      "  compose-test   Build the images and try docker-compose.yml; --each for every container",
      "  cluster-test   Install the Helm chart in the cluster that KUBECONFIG names, and remove it",
      "  page-test      Try the web page in a real Chromium beside a demo of its own",
      "  monitoring-test  Test the rules of Prometheus, and ask running services every expression",
      "  bi-test        Test the script for Metabase; superset: import the bundle and read each chart",
      "  sbom           The bill of materials, target/weir.cdx.json; checks the licences",
      "  build          Compile everything; --quick without the checks",
      "  fmt            Format the sources",
      "  bench NAME     Run a benchmark",
      "",
      "Exit codes: 0 done, 1 a negative result or a failed process, 2 wrong usage or machine."
    })
public final class Main {
  private static final CommandErrors ERRORS = new CommandErrors("./", "");

  private Main() {}

  public static void main(String[] arguments) {
    TemporaryFolder.deleteOwnAtExit();
    System.exit(commandLine(arguments.length == 0 ? "" : arguments[0]).execute(arguments));
  }

  static CommandLine commandLine() {
    return commandLine("");
  }

  /**
   * A command line with the named command only, if there is one of that name: making all of them
   * takes longer.
   */
  static CommandLine commandLine(String name) {
    var commandLine = new CommandLine(new Main());
    Map<String, Supplier<CommandLine>> all = commands();
    if (all.containsKey(name)) {
      commandLine.addSubcommand(name, all.get(name).get());
    } else {
      commandLine.addSubcommand(new HelpCommand());
      all.forEach((each, command) -> commandLine.addSubcommand(each, command.get()));
    }
    commandLine.setExecutionExceptionHandler(Main::explain);
    commandLine.setParameterExceptionHandler(ERRORS);
    return commandLine;
  }

  private static Map<String, Supplier<CommandLine>> commands() {
    var commands = new LinkedHashMap<String, Supplier<CommandLine>>();
    commands.put("demo", () -> withHelp(new DemoCommand()));
    commands.put("down", () -> withHelp(new DownCommand()));
    commands.put("status", () -> withHelp(new StatusCommand()));
    commands.put("logs", () -> withHelp(new LogsCommand()));
    commands.put("topics", () -> withHelp(new TopicsCommand()));
    commands.put("sql", () -> withHelp(new SqlCommand()));
    commands.put("train", () -> withHelp(new TrainCommand()));
    commands.putAll(ModelCommand.all());
    commands.put("check-replay", () -> withHelp(new CheckReplayCommand()));
    commands.put("drill", () -> caseless(new CommandLine(new DrillCommand())));
    commands.put("make-archive", () -> withHelp(new MakeArchiveCommand()));
    commands.put("rehearse", () -> withHelp(new RehearseCommand(Main::commandLine)));
    // These commands pass their arguments to a program with its own --help.
    commands.put(
        "simulate",
        () -> new CommandLine(new SimulateCommand()).setUnmatchedArgumentsAllowed(true));
    commands.put(
        "ingest", () -> new CommandLine(new IngestCommand()).setUnmatchedArgumentsAllowed(true));
    commands.putAll(offline());
    commands.putAll(LakeCommand.all());
    return commands;
  }

  private static Map<String, Supplier<CommandLine>> offline() {
    var commands = new LinkedHashMap<String, Supplier<CommandLine>>();
    commands.put(
        "acls",
        () -> OfflineCommand.line("acls", "Prints the least ACLs of each service in Kafka."));
    commands.put(
        "size",
        () ->
            OfflineCommand.line(
                "size",
                "Says how many partitions, instances, cores, memory and disk some traffic needs."));
    return commands;
  }

  /** Words such as {@code kill} name constants. */
  private static CommandLine caseless(CommandLine line) {
    return line.setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static CommandLine withHelp(Callable<Integer> command) {
    var line = new CommandLine(command);
    line.getCommandSpec().mixinStandardHelpOptions(true);
    return line;
  }

  /** A failed service and a stop while starting are no defects; the rest is as everywhere. */
  private static int explain(Exception failure, CommandLine line, ParseResult parsed)
      throws Exception {
    return switch (failure) {
      case ServiceFailedException e -> {
        line.getErr().println(e.getMessage());
        yield ExitCodes.FAILED;
      }
      case DrillFailedException e -> {
        line.getErr().println("the drill failed: " + e.getMessage());
        yield ExitCodes.FAILED;
      }
      case CancellationException _ -> ExitCodes.FAILED; // stopped by a signal while starting
      default -> ERRORS.handleExecutionException(failure, line, parsed);
    };
  }
}
