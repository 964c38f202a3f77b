package io.weir.local.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The command of lake-tools that prints ACLs. It needs no demo and asks no broker. */
@Command(name = "acls", description = "Prints the least ACLs of each service in Kafka.")
public final class RightsCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    var all = new ArrayList<>(List.of("acls"));
    all.addAll(arguments);
    return LakeProgram.runWithoutDemo(all);
  }
}
