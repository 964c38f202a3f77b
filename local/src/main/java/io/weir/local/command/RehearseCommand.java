package io.weir.local.command;

import io.weir.process.ExitCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the commands that only read, so that the JVM can record the classes that they load. */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Runs all commands that only read, once, beside a running demo.")
public final class RehearseCommand implements Callable<Integer> {
  private static final String QUERY =
      "SELECT s.device, s.start_time, s.is_bot, count(*) AS n, avg(c.conversion_score) AS score,"
          + " max(s.revenue) AS revenue, max(s.pages) AS pages"
          + " FROM silver.sessions s LEFT JOIN silver.scores c USING (session_key)"
          + " GROUP BY ALL ORDER BY n DESC LIMIT 3";
  private static final List<List<String>> OF_LAUNCHER =
      List.of(
          List.of("status"),
          List.of("status", "--json"),
          List.of("topics"),
          List.of("logs", "sink", "-n", "1"));
  private static final List<List<String>> OF_LAKE =
      List.of(
          List.of("sql", QUERY),
          List.of("sql", "--json", QUERY),
          List.of("sql", "--csv", "SHOW TABLES"),
          List.of("rejected", "list", "--limit", "5"),
          List.of("audit"));

  @Option(
      names = "--launcher",
      description = "The launcher's own commands, else those of lake-tools.")
  private boolean isOfLauncher;

  private final Function<String, CommandLine> commandLine;
  @Mixin private CommonOptions common = new CommonOptions();

  /** A rehearsal; the function makes the command line of one command. */
  public RehearseCommand(Function<String, CommandLine> commandLine) {
    this.commandLine = commandLine;
  }

  @Override
  public Integer call() {
    String folder = common.home().folder().toString();
    if (isOfLauncher) {
      commandLine.apply("").execute("--help");
    }
    for (List<String> command : isOfLauncher ? OF_LAUNCHER : OF_LAKE) {
      var arguments = new ArrayList<>(command);
      arguments.addAll(1, List.of("--dir", folder));
      if (commandLine.apply(arguments.getFirst()).execute(arguments.toArray(String[]::new))
          >= ExitCodes.UNUSABLE) {
        return ExitCodes.UNUSABLE;
      }
    }
    return 0;
  }
}
