package io.weir.stream;

import io.weir.process.Settings;
import io.weir.process.command.CommandErrors;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs the service, or {@code sessions}: the sessions of a file. */
@Command(
    name = "stream-app",
    mixinStandardHelpOptions = true,
    description = "Turns raw clicks into events and sessions; settings are WEIR_… variables.")
public final class Main implements Callable<Integer> {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .addSubcommand(new SessionsCommand())
        .setExecutionExceptionHandler(new CommandErrors("", "stream-app: "));
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
}
