package io.weir.scoring;

import io.weir.process.StartupException;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The one entry point: without a command the service, with {@code train} one training run. */
public final class Main {
  static final int CANNOT_START = 2;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine(Clock.systemUTC()).execute(arguments));
  }

  static CommandLine commandLine(Clock clock) {
    return new CommandLine(new ServeCommand(clock))
        .addSubcommand("train", new TrainCommand(clock))
        .setExecutionExceptionHandler(Main::explain);
  }

  /** One line for what the operator can change; anything else is a defect and shows its trace. */
  private static int explain(Exception failure, CommandLine commandLine, ParseResult parsed)
      throws Exception {
    if (failure instanceof StartupException) {
      commandLine.getErr().println(failure.getMessage());
      commandLine.getErr().flush();
      return CANNOT_START;
    }
    throw failure;
  }
}
