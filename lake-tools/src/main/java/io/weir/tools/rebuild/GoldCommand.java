package io.weir.tools.rebuild;

import io.weir.tools.settings.ToolSettings;
import java.time.Clock;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** The commands {@code gold rebuild|switch|drop|reset}, and the steps feed, load and compare. */
@Command(
    name = "gold",
    description = "Builds gold's sums anew from the lake, compares them, and switches to them.",
    synopsisSubcommandLabel = "rebuild|switch|drop|reset|feed|load|compare",
    footer = {"", "The steps, and what they cannot do, are in docs/gold-rebuild.md."})
public final class GoldCommand {
  private GoldCommand() {}

  public static CommandLine line(Supplier<ToolSettings> settings, Clock clock) {
    return withHelp(new GoldCommand())
        .addSubcommand("rebuild", withHelp(new RebuildCommand(settings, clock)))
        .addSubcommand("switch", withHelp(new SwitchCommand(settings, clock)))
        .addSubcommand("drop", withHelp(new DropCommand(settings)))
        .addSubcommand("reset", withHelp(new ResetCommand(settings, clock)))
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
