package io.weir.tools;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.access.KafkaRefusal;
import io.weir.process.access.ServiceRights;
import io.weir.process.command.CommandErrors;
import io.weir.tools.access.AclsCommand;
import io.weir.tools.alert.AlertCommand;
import io.weir.tools.audit.AuditCommand;
import io.weir.tools.doctor.DoctorCommand;
import io.weir.tools.erase.ForgetCommand;
import io.weir.tools.export.ExportCommand;
import io.weir.tools.funnel.FunnelCommand;
import io.weir.tools.rebuild.GoldCommand;
import io.weir.tools.reconcile.ReconcileCommand;
import io.weir.tools.replay.RawReplayCommand;
import io.weir.tools.replay.RejectedCommand;
import io.weir.tools.settings.ToolSettings;
import io.weir.tools.size.SizeCommand;
import io.weir.tools.sql.LakeSqlCommand;
import io.weir.tools.why.WhyCommand;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs one of the commands that read or change the lake. */
@Command(
    name = "lake-tools",
    description = "Reads and changes the lake; settings are WEIR_… variables.")
public final class Main implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(Settings.ofProcess(), args));
  }

  /** Runs one command to its end and returns its exit code. */
  static int run(Settings settings, String... args) {
    String name = args.length == 0 ? "" : args[0];
    return commandLine(() -> ToolSettings.from(settings), name).execute(args);
  }

  static CommandLine commandLine(Supplier<ToolSettings> settings) {
    return commandLine(settings, "");
  }

  /**
   * Creates the command line with only the named command, if it exists, because creating all
   * commands takes longer.
   */
  private static CommandLine commandLine(Supplier<ToolSettings> settings, String name) {
    CommandLine line = withHelp(new CommandLine(new Main()));
    Map<String, Supplier<CommandLine>> all = commands(settings);
    if (all.containsKey(name)) {
      line.addSubcommand(name, all.get(name).get());
    } else {
      all.forEach((each, command) -> line.addSubcommand(each, command.get()));
    }
    return line.setExecutionExceptionHandler(
        (failure, command, _) -> explain(failure, command, settings));
  }

  /** A right that Kafka refuses is no defect: the line names the ACL. */
  private static int explain(Exception failure, CommandLine line, Supplier<ToolSettings> settings)
      throws Exception {
    Optional<String> refusal =
        String.valueOf(failure.getMessage()).contains(ServiceRights.ADVICE)
            ? Optional.empty()
            : refusal(failure, settings);
    Exception shown =
        refusal.<Exception>map(text -> new StartupException(text, failure)).orElse(failure);
    return new CommandErrors("", "lake-tools: ")
        .handleExecutionException(shown, line, line.getParseResult());
  }

  /** What the command says itself, such as how much it has sent, and the ACL. */
  private static Optional<String> refusal(Exception failure, Supplier<ToolSettings> settings) {
    return KafkaRefusal.of(failure, ServiceRights.unlisted())
        .flatMap(_ -> KafkaRefusal.of(failure, settings.get().rights()))
        .map(text ->
            failure instanceof StartupException ? failure.getMessage() + ": " + text : text);
  }

  private static Map<String, Supplier<CommandLine>> commands(Supplier<ToolSettings> settings) {
    Clock clock = Clock.systemUTC();
    var commands = new LinkedHashMap<String, Supplier<CommandLine>>();
    commands.put("sql", () -> line(new LakeSqlCommand(() -> settings.get().lake())));
    commands.put("rejected", () -> RejectedCommand.line(settings, clock));
    commands.put("replay", () -> line(new RawReplayCommand(settings, clock)));
    commands.put("forget", () -> line(new ForgetCommand(settings, clock)));
    commands.put("export", () -> line(new ExportCommand(settings)));
    commands.put("audit", () -> line(new AuditCommand(settings, clock)));
    commands.put("reconcile", () -> line(new ReconcileCommand(settings, clock)));
    commands.put("funnel", () -> line(new FunnelCommand(settings, clock)));
    commands.put("why", () -> line(new WhyCommand(settings, clock)));
    commands.put("gold", () -> GoldCommand.line(settings, clock));
    commands.put("doctor", () -> line(new DoctorCommand(settings)));
    commands.put("acls", () -> line(new AclsCommand(settings)));
    commands.put("alert", () -> line(new AlertCommand(settings, clock)));
    commands.put("size", () -> line(new SizeCommand()));
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

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command is given");
  }
}
