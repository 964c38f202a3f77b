package io.weir.training;

import io.weir.process.ExitCodes;
import io.weir.process.command.CommandErrors;
import io.weir.process.terminal.Terminal;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The one entry point: a training on a table or on sessions, or a watch over models. */
public final class Main {
  private static final String LOGGING = "logback.configurationFile";

  private Main() {}

  public static void main(String[] arguments) {
    // The scorer's library has a logback.xml, too: two of one name make Logback talk at each start.
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "logback-training.xml");
    }
    System.exit(run(commandLine(Terminal.ofProcess(), Clock.systemUTC()), arguments));
  }

  /**
   * The exit code. Sessions and tables are read into memory, and a lake may have more than fits.
   */
  private static int run(CommandLine line, String[] arguments) {
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError e) {
      long megabytes = Runtime.getRuntime().maxMemory() >> 20;
      line.getErr()
          .printf(
              "the data do not fit into a heap of %d MB (%s): take fewer, for example by a later --from,"
                  + " or give more with JDK_JAVA_OPTIONS=-Xmx%dm and as much memory beside it%n",
              megabytes, e.getMessage(), 2 * megabytes);
      line.getErr().flush();
      return ExitCodes.UNUSABLE;
    }
  }

  static CommandLine commandLine(Terminal terminal, Clock clock) {
    var errors = new CommandErrors("./weir ", "");
    return new CommandLine(CommandSpec.create().name("train"))
        .addSubcommand(new TrainTableCommand(terminal, clock))
        .addSubcommand(new TrainSessionsCommand(terminal, clock))
        .addSubcommand(new DriftCommand(terminal, clock))
        .addSubcommand(new ExplainCommand(terminal, clock))
        .addSubcommand(new RescoreCommand(terminal, clock))
        .setErr(terminal.errWriter())
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors);
  }
}
