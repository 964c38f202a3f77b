package io.weir.sink;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.sink.audit.AuditCommand;
import io.weir.sink.erase.ForgetCommand;
import io.weir.sink.export.ExportCommand;
import io.weir.sink.maintenance.MaintainCommand;
import io.weir.sink.replay.RawReplayCommand;
import io.weir.sink.replay.RejectedCommand;
import io.weir.sink.sql.SqlCommand;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
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
    System.exit(run(Settings.ofProcess(), args));
  }

  /** Runs one command, or the service until the process ends. */
  static int run(Settings settings, String... args) {
    String name = args.length == 0 ? "" : args[0];
    return commandLine(() -> SinkConfig.from(settings), name).execute(args);
  }

  static CommandLine commandLine(Supplier<SinkConfig> config) {
    return commandLine(config, "");
  }

  /** With one command only, if there is one of that name: making all of them takes longer. */
  static CommandLine commandLine(Supplier<SinkConfig> config, String name) {
    CommandLine line = withHelp(new CommandLine(new Main()));
    Map<String, Supplier<CommandLine>> all = commands(config);
    if (all.containsKey(name)) {
      line.addSubcommand(name, all.get(name).get());
    } else {
      all.forEach((each, command) -> line.addSubcommand(each, command.get()));
    }
    return line.setExecutionExceptionHandler((e, failed, _) -> report(e, failed));
  }

  private static Map<String, Supplier<CommandLine>> commands(Supplier<SinkConfig> config) {
    Clock clock = Clock.systemUTC();
    var commands = new LinkedHashMap<String, Supplier<CommandLine>>();
    commands.put("sql", () -> line(new SqlCommand(() -> config.get().lake())));
    commands.put("rejected", () -> RejectedCommand.line(() -> config.get().replay(), clock));
    commands.put("replay", () -> line(new RawReplayCommand(() -> config.get().replay(), clock)));
    commands.put("forget", () -> line(new ForgetCommand(() -> config.get().forget(), clock)));
    commands.put("export", () -> line(new ExportCommand(() -> config.get().export())));
    commands.put("audit", () -> line(new AuditCommand(() -> config.get().audit(), clock)));
    commands.put(
        "maintain",
        () ->
            line(
                new MaintainCommand(
                    () -> config.get().lake(), () -> config.get().maintenance(), clock)));
    return commands;
  }

  private static CommandLine line(Callable<Integer> command) {
    return withHelp(new CommandLine(command));
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
    StopSignals.await(service::close);
    new CountDownLatch(1).await();
    return 0;
  }

  /** A loop that died would look alive: better to be restarted. */
  private static void stopAtOnce(Thread thread, Throwable e) {
    LoggerFactory.getLogger(Main.class).error("{} died", thread.getName(), e);
    Runtime.getRuntime().halt(BROKEN);
  }
}
