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

/** Runs the simulator's own command line with the settings of the running demo. */
@Command(
    name = "simulate",
    description = "Sends more events to the running demo; options go to the simulator.",
    footer = {
      "Examples:",
      "  ./weir simulate run --events 10000 --history 2h",
      "  ./weir simulate replay FILE --shift-time",
      "  ./weir simulate --help"
    })
public final class SimulateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Catalogue catalogue = common.running(Service.BROKER);
    return ChildProcess.runHere(catalogue.tool("simulate", Service.SIMULATOR, arguments));
  }
}
