package io.weir.local.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** A command of lake-tools that needs no demo and asks no service. */
@Command
public final class OfflineCommand implements Callable<Integer> {
  private final String name;

  @Unmatched private List<String> arguments = new ArrayList<>();

  private OfflineCommand(String name) {
    this.name = name;
  }

  public static CommandLine line(String name, String description) {
    var line = new CommandLine(new OfflineCommand(name));
    line.getCommandSpec().name(name).usageMessage().description(description);
    return line.setUnmatchedArgumentsAllowed(true);
  }

  @Override
  public Integer call() {
    var all = new ArrayList<>(List.of(name));
    all.addAll(arguments);
    return LakeProgram.runWithoutDemo(all);
  }
}
