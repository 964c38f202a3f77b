package io.weir.sink;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.command.CommandErrors;
import io.weir.sink.gold.GoldRetention;
import io.weir.sink.maintenance.MaintainCommand;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Runs the service, or a command: {@code maintain} maintains all tables once, {@code prepare} makes
 * what the services need.
 */
@Command(
    name = "lake-sink",
    description = "Writes topics to the lake and to PostgreSQL; settings are WEIR_… variables.")
public final class Main implements Callable<Integer> {
  private static final int BROKEN = 70;

  private Main() {}

  public static void main(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler(Main::stopAtOnce);
    System.exit(commandLine(() -> SinkConfig.forCommand(Settings.ofProcess())).execute(args));
  }

  static CommandLine commandLine(Supplier<SinkConfig> config) {
    var maintain =
        new MaintainCommand(
            () -> config.get().lake(),
            () -> config.get().maintenance(),
            () -> new GoldRetention(config.get().postgres(), config.get().kept()),
            Clock.systemUTC());
    return withHelp(new CommandLine(new Main()))
        .addSubcommand("maintain", withHelp(new CommandLine(maintain)))
        .addSubcommand("prepare", withHelp(new CommandLine(new PrepareCommand(config))))
        .setExecutionExceptionHandler(new CommandErrors("", "lake-sink: "));
  }

  private static CommandLine withHelp(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("shows this text")
                .build());
    return line;
  }

  @Override
  public Integer call() throws InterruptedException {
    SinkConfig config = SinkConfig.from(Settings.ofProcess());
    var service = new SinkService(config, Clock.systemUTC());
    try {
      service.start();
    } catch (StartupException e) {
      service.close();
      throw e;
    }
    StopSignals.await(service::close);
    new CountDownLatch(1).await();
    return 0;
  }

  /**
   * Ends the process so that it is restarted. Without this a service with a dead loop would seem to
   * work.
   */
  private static void stopAtOnce(Thread thread, Throwable e) {
    LoggerFactory.getLogger(Main.class).error("{} died", thread.getName(), e);
    Runtime.getRuntime().halt(BROKEN);
  }
}
