package io.weir.scoring;

import io.weir.process.command.CommandErrors;
import java.time.Clock;
import picocli.CommandLine;

/** The one entry point: the service. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine(Clock.systemUTC()).execute(arguments));
  }

  static CommandLine commandLine(Clock clock) {
    return new CommandLine(new ServeCommand(clock))
        .setExecutionExceptionHandler(new CommandErrors("", ""));
  }
}
