package io.weir.process.command;

import io.weir.process.ExitCodes;
import io.weir.process.StartupException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Error handling of a command line. An error that a person can correct is one line and exit code 2.
 * Any other exception is a defect and keeps its stack trace.
 *
 * @param caller the text before the command's name on the command line, for example {@code ./}
 * @param sender the text before each error, for example {@code lake-sink: }, or nothing
 */
public record CommandErrors(String caller, String sender)
    implements IExecutionExceptionHandler, IParameterExceptionHandler {

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed)
      throws Exception {
    if (e instanceof StartupException) {
      return complain(line, String.valueOf(e.getMessage()));
    }
    throw e;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    return complain(line, e.getMessage() + "; see " + caller + name + " --help");
  }

  private int complain(CommandLine line, String message) {
    PrintWriter err = line.getErr();
    err.println(sender + message);
    err.flush();
    return ExitCodes.UNUSABLE;
  }
}
