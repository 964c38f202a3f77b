package io.weir.training;

import io.weir.process.command.CommandErrors;
import io.weir.process.terminal.Terminal;
import java.time.Clock;
import picocli.CommandLine;

/** The one entry point: a training on a table. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine(Terminal.ofProcess(), Clock.systemUTC()).execute(arguments));
  }

  static CommandLine commandLine(Terminal terminal, Clock clock) {
    var errors = new CommandErrors("./weir ", "");
    return new CommandLine(new TrainTableCommand(terminal, clock))
        .setErr(terminal.errWriter())
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors);
  }
}
