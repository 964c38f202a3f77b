package io.weir.tools.replay;

import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeLocation;
import io.weir.process.StartupException;
import io.weir.tools.settings.ToolSettings;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** The command {@code rejected list|show|replay}: shows refused records and sends them again. */
@Command(
    name = "rejected",
    description = "Lists and shows refused records (bronze.rejected), and sends them again.",
    synopsisSubcommandLabel = "list|show|replay")
public final class RejectedCommand {
  private RejectedCommand() {}

  public static CommandLine line(Supplier<ToolSettings> settings, Clock clock) {
    return withHelp(new RejectedCommand())
        .addSubcommand("list", withHelp(new RejectedListCommand(settings, clock)))
        .addSubcommand("show", withHelp(new RejectedShowCommand(settings)))
        .addSubcommand("replay", withHelp(new RejectedReplayCommand(settings, clock)));
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

  /** Opens the table for one query and closes it afterwards. */
  static <T> T ask(LakeLocation lake, Function<RejectedTable, T> question) {
    Catalog catalog = LakeCatalog.connectToRead(lake);
    try {
      return question.apply(new RejectedTable(catalog));
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  static long checkLimit(long limit) {
    if (limit < 0) {
      throw new StartupException("--limit " + limit + " is not a number from 0");
    }
    return limit;
  }
}
