package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** Lists, shows and replays what the running demo refused. */
@Command(
    name = "rejected",
    description = "Lists, shows and replays what the running demo refused: list, show or replay.",
    footer = {
      "Examples:",
      "  ./weir rejected list --since 1h",
      "  ./weir rejected show 3:1042",
      "  ./weir rejected replay --reason wrong_type --cast value=number --dry-run",
      "  ./weir rejected replay --help"
    })
public final class RejectedCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Catalogue catalogue = common.running(Service.POSTGRES);
    var all = new ArrayList<>(List.of("rejected"));
    all.addAll(arguments);
    return ChildProcess.runHere(catalogue.tool("rejected", Service.SINK, all));
  }
}
