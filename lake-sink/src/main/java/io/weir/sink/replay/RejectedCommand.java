package io.weir.sink.replay;

import io.weir.process.StartupException;
import io.weir.sink.table.LakeCatalog;
import io.weir.sink.table.LakeLocation;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Catalog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** {@code rejected list|show|replay}: what was refused, and a second chance for it. */
@Command(
    name = "rejected",
    description = "What was refused (bronze.rejected): lists it, shows it, sends it again.",
    synopsisSubcommandLabel = "list|show|replay")
public final class RejectedCommand {
  private RejectedCommand() {}

  public static CommandLine line(Supplier<Surroundings> surroundings, Clock clock) {
    return withHelp(new RejectedCommand())
        .addSubcommand("list", withHelp(new ListCommand(surroundings, clock)))
        .addSubcommand("show", withHelp(new ShowCommand(surroundings)))
        .addSubcommand("replay", withHelp(new ReplayCommand(surroundings, clock)));
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

  /** The table as it is now, for one question. */
  static <T> T ask(LakeLocation lake, Function<RejectedTable, T> question) {
    Catalog catalog = LakeCatalog.connectToRead(lake);
    try {
      return question.apply(new RejectedTable(catalog));
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  static int checkLimit(int limit) {
    if (limit < 0) {
      throw new StartupException("--limit " + limit + " is not a number from 0");
    }
    return limit;
  }
}
