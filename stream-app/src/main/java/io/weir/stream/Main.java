package io.weir.stream;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** Runs the service, or {@code sessions}: the sessions of a file. */
@Command(
    name = "stream-app",
    mixinStandardHelpOptions = true,
    description = "Turns raw clicks into events and sessions; settings are WEIR_… variables.")
public final class Main implements Callable<Integer> {
  private static final int UNUSABLE = 2;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .addSubcommand(new SessionsCommand())
        .setExecutionExceptionHandler(Main::explain);
  }

  /** Runs the service until it ends. */
  @Override
  public Integer call() throws InterruptedException {
    StreamConfig config = StreamConfig.from(Settings.ofProcess());
    try (StreamService service = new StreamFactory(config, Clock.systemUTC()).create()) {
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
      service.start();
      return service.await();
    }
  }

  /** One line for what the operator can change; anything else is a defect and shows its trace. */
  private static int explain(Exception failure, CommandLine commandLine, ParseResult parsed)
      throws Exception {
    if (failure instanceof StartupException) {
      commandLine.getErr().println("stream-app: " + failure.getMessage());
      commandLine.getErr().flush();
      return UNUSABLE;
    }
    throw failure;
  }
}
