package io.weir.simulator;

import io.weir.process.ExitCodes;
import io.weir.process.OrderlyEnd;
import io.weir.process.StartupException;
import io.weir.process.Stop;
import io.weir.process.Surroundings;
import io.weir.process.command.CommandErrors;
import io.weir.process.kafka.ClosingEvents;
import io.weir.simulator.publish.OutputClosedException;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The simulator's command line. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(run | replay)",
    description = "Realistic clickstream traffic, and replay of recorded events.")
public final class Main {
  /** The events of {@code --close}. */
  static final ClosingEvents CLOSING = new ClosingEvents("page_ping", "weir-simulator");

  private static final CommandErrors ERRORS = new CommandErrors("", "");

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(OrderlyEnd.run(stop -> execute(stop, arguments)));
  }

  private static int execute(Stop stop, String... arguments) {
    try {
      return execute(Surroundings.ofProcess(stop), arguments);
    } catch (StartupException e) {
      System.err.println(e.getMessage());
      return ExitCodes.UNUSABLE;
    }
  }

  static int execute(Surroundings surroundings, String... arguments) {
    var line = new CommandLine(new Main());
    line.addSubcommand(new RunCommand(surroundings));
    line.addSubcommand(new ReplayCommand(surroundings));
    line.setErr(surroundings.terminal().errWriter());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Duration.class, new Options.ADuration());
    line.registerConverter(Instant.class, new Options.AnInstant());
    line.setParameterExceptionHandler(ERRORS);
    line.setExecutionExceptionHandler(Main::failed);
    return line.execute(arguments);
  }

  private static int failed(Exception e, CommandLine line, ParseResult parsed) throws Exception {
    return e instanceof OutputClosedException
        ? 0
        : ERRORS.handleExecutionException(e, line, parsed);
  }
}
