package io.weir.ingest;

import io.weir.process.ExitCodes;
import io.weir.process.OrderlyEnd;
import io.weir.process.StartupException;
import io.weir.process.Stop;
import io.weir.process.Surroundings;
import io.weir.process.command.CommandErrors;
import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The command line of ingest. */
public final class Main {
  private static final CommandErrors ERRORS = new CommandErrors("./weir ", "");

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
    var line = new CommandLine(new SendFilesCommand(surroundings));
    line.setErr(surroundings.terminal().errWriter());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(ZoneId.class, Main::zone);
    line.setParameterExceptionHandler(ERRORS);
    line.setExecutionExceptionHandler(ERRORS);
    return line.execute(arguments);
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new TypeConversionException(text + " is no time zone such as Europe/Berlin or +02:00");
    }
  }
}
