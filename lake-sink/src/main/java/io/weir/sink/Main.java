package io.weir.sink;

import io.weir.contract.Settings;
import io.weir.contract.StartupException;
import io.weir.sink.audit.AuditCommand;
import io.weir.sink.erase.ForgetCommand;
import io.weir.sink.export.ExportCommand;
import io.weir.sink.maintenance.MaintainCommand;
import io.weir.sink.replay.RawReplayCommand;
import io.weir.sink.replay.RejectedCommand;
import io.weir.sink.sql.SqlCommand;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** Runs the service; or one of the commands that look after the lake. */
@Command(
    name = "lake-sink",
    description = "Writes topics to the lake and to PostgreSQL; settings are WEIR_… variables.")
public final class Main implements Callable<Integer> {
  private static final int UNUSABLE = 2;
  private static final int BROKEN = 70;

  private Main() {}

  public static void main(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler(Main::stopAtOnce);
    System.exit(commandLine(() -> SinkConfig.from(Settings.ofProcess())).execute(args));
  }

  static CommandLine commandLine(Supplier<SinkConfig> config) {
    var sql = new SqlCommand(() -> config.get().lake());
    var audit = new AuditCommand(() -> config.get().audit(), Clock.systemUTC());
    var maintain =
        new MaintainCommand(
            () -> config.get().lake(), () -> config.get().maintenance(), Clock.systemUTC());
    var replay = new RawReplayCommand(() -> config.get().replay(), Clock.systemUTC());
    var forget = new ForgetCommand(() -> config.get().forget(), Clock.systemUTC());
    var export = new ExportCommand(() -> config.get().export());
    CommandLine rejected = RejectedCommand.line(() -> config.get().replay(), Clock.systemUTC());
    return withHelp(new CommandLine(new Main()))
        .addSubcommand("sql", withHelp(new CommandLine(sql)))
        .addSubcommand("rejected", rejected)
        .addSubcommand("replay", withHelp(new CommandLine(replay)))
        .addSubcommand("forget", withHelp(new CommandLine(forget)))
        .addSubcommand("export", withHelp(new CommandLine(export)))
        .addSubcommand("audit", withHelp(new CommandLine(audit)))
        .addSubcommand("maintain", withHelp(new CommandLine(maintain)))
        .setExecutionExceptionHandler((e, line, _) -> report(e, line));
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

  private static int report(Exception e, CommandLine line) throws Exception {
    if (e instanceof StartupException) {
      line.getErr().println("lake-sink: " + e.getMessage());
      return UNUSABLE;
    }
    throw e;
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
    Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
    new CountDownLatch(1).await();
    return 0;
  }

  /** A loop that died would look alive: better to be restarted. */
  private static void stopAtOnce(Thread thread, Throwable e) {
    LoggerFactory.getLogger(Main.class).error("{} died", thread.getName(), e);
    Runtime.getRuntime().halt(BROKEN);
  }
}
