package io.weir.ingest;

import io.weir.ingest.run.Stop;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.io.Console;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The command line of ingest. */
public final class Main {
  static final int CANNOT = 2;
  static final int INTERRUPTED = 130;

  private static final long ORDERLY_END_SECONDS = 60;

  private Main() {}

  public static void main(String[] arguments) {
    var stop = new Stop();
    var ended = new CountDownLatch(1);
    var code = new AtomicInteger(INTERRUPTED);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, ended, code), "end"));
    try {
      code.set(execute(stop, arguments));
    } finally {
      ended.countDown();
    }
    System.exit(code.get());
  }

  private static int execute(Stop stop, String... arguments) {
    boolean isTerminal =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    try {
      return execute(
          new Surroundings(
              Settings.ofProcess(), Clock.systemUTC(), stop, System.out, System.err, isTerminal),
          arguments);
    } catch (StartupException e) {
      System.err.println(e.getMessage());
      return CANNOT;
    }
  }

  /** Delivers and notes what was read, after Ctrl-C; the exit code is that of the work. */
  private static void end(Stop stop, CountDownLatch ended, AtomicInteger code) {
    stop.request();
    try {
      if (!ended.await(ORDERLY_END_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("not everything could be sent within " + ORDERLY_END_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code.get());
  }

  static int execute(Surroundings surroundings, String... arguments) {
    var line = new CommandLine(new IngestCommand(surroundings));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(ZoneId.class, Main::zone);
    line.setParameterExceptionHandler((e, _) -> {
      surroundings.err().println(e.getMessage() + " (see ./weir ingest --help)");
      return CANNOT;
    });
    line.setExecutionExceptionHandler((e, _, _) -> {
      if (e instanceof StartupException) {
        surroundings.err().println(e.getMessage());
        return CANNOT;
      }
      throw e;
    });
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
