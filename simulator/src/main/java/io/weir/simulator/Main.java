package io.weir.simulator;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.simulator.publish.OutputClosedException;
import io.weir.simulator.publish.Stop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The simulator's command line. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(run | replay)",
    description = "Realistic clickstream traffic, and replay of recorded events.")
public final class Main {
  static final int SETUP = 2;
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
    try {
      Settings settings = Settings.ofProcess();
      return execute(
          new Surroundings(settings, Clock.systemUTC(), System::nanoTime, stop), arguments);
    } catch (StartupException e) {
      return complain(String.valueOf(e.getMessage()));
    }
  }

  /** Ends the work in order after Ctrl-C; the exit code is that of the work, not of the signal. */
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
    var line = new CommandLine(new Main());
    line.addSubcommand(new RunCommand(surroundings));
    line.addSubcommand(new ReplayCommand(surroundings));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Duration.class, new Options.ADuration());
    line.registerConverter(Instant.class, new Options.AnInstant());
    line.setParameterExceptionHandler(Main::misused);
    line.setExecutionExceptionHandler((e, _, _) -> failed(e));
    return line.execute(arguments);
  }

  private static int misused(ParameterException e, String[] arguments) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    return complain(e.getMessage() + " (see " + name + " --help)");
  }

  private static int failed(Exception e) throws Exception {
    return switch (e) {
      case StartupException startup -> complain(String.valueOf(startup.getMessage()));
      case OutputClosedException _ -> 0;
      default -> throw e;
    };
  }

  private static int complain(String message) {
    System.err.println(message);
    return SETUP;
  }
}
