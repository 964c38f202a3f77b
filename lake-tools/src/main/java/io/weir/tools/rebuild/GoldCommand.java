package io.weir.tools.rebuild;

import io.weir.tools.settings.ToolSettings;
import java.time.Clock;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** The command {@code gold feed|load|compare}: builds gold anew from the lake. */
@Command(
    name = "gold",
    description = "Builds gold's sums anew from the lake, beside the live ones, and compares them.",
    synopsisSubcommandLabel = "feed|load|compare",
    footer = {"", "The steps, and what they cannot do, are in docs/gold-rebuild.md."})
public final class GoldCommand {
  private GoldCommand() {}

  public static CommandLine line(Supplier<ToolSettings> settings, Clock clock) {
    return withHelp(new GoldCommand())
        .addSubcommand("feed", withHelp(new FeedCommand(settings)))
        .addSubcommand("load", withHelp(new LoadCommand(settings)))
        .addSubcommand("compare", withHelp(new CompareCommand(settings, clock)));
  }

  private static CommandLine withHelp(Object command) {
    var line = new CommandLine(command);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("shows this text")
                .build());
    return line;
  }
}
