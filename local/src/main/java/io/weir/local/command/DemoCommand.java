package io.weir.local.command;

import io.weir.local.archive.ArchiveProcess;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Home;
import io.weir.local.platform.HomeLock;
import io.weir.local.platform.LeftOvers;
import io.weir.local.platform.LeftOvers.LeftOver;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Ports;
import io.weir.local.platform.RunFile;
import io.weir.local.terminal.Display;
import io.weir.process.StartupException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the whole platform with simulated visitors and keeps it in the foreground. */
@Command(
    name = "demo",
    description = "Starts everything: broker, PostgreSQL, services, simulated visitors.",
    footer = "Ctrl-C stops it in order; the data stays for the next time.")
public final class DemoCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private PortOptions portOptions = new PortOptions();
  @Mixin private DemoOptions options = new DemoOptions();

  @Option(names = "--fresh", description = "Delete the data of earlier runs first.")
  private boolean fresh;

  @Option(
      names = "--until-scored",
      description = "Stop with exit code 0 once a session and its score are in gold and the lake.")
  private boolean untilScored;

  private boolean isContinued;

  @Override
  public Integer call() throws InterruptedException {
    if (untilScored && options.isEmpty()) {
      throw new StartupException(
          "--until-scored needs visitors, and --empty has none: leave one of them out");
    }
    Home home = common.home();
    HomeLock lock = HomeLock.tryTake(home).orElseThrow(() -> alreadyRunning(home));
    try (lock) {
      endLeftOvers(home);
      Ports ports = portOptions.ports();
      ports.checkFree();
      Optional<Integer> mlflow = options.mlflowPort();
      isContinued = !fresh && Files.exists(home.kafka());
      if (fresh) {
        home.deleteData();
      }
      long pid = ProcessHandle.current().pid();
      var run =
          new RunFile(
              pid,
              Instant.now(),
              ports,
              options.partitions(),
              mlflow,
              !options.isEmpty(),
              options.settings());
      run.write(home.runFile());
      return run(run.catalogue(common.checkout(), home), mlflow);
    }
  }

  private int run(Catalogue catalogue, Optional<Integer> mlflow) throws InterruptedException {
    Display display = Display.ofSystem();
    display.line(opening(catalogue.home()));
    var platform = new Platform(catalogue);
    Runnable farewell = () -> display.line("everything stopped; data: " + catalogue.home().data());
    // First, because its rehearsal asks the services.
    Runnable archiveEnds = () -> ArchiveProcess.end(catalogue.home());
    try (var _ = OrderlyStop.of(platform, display, archiveEnds, farewell)) {
      var demo = new DemoRun(platform, display, options);
      demo.start();
      return untilScored ? demo.untilScored() : demo.watch(common.repeated(), mlflow);
    }
  }

  private String opening(Home home) {
    String traffic = options.isEmpty() ? "" : ", a simulated web shop";
    String what =
        isContinued
            ? " with the data of an earlier run (--fresh begins anew)"
            : ": a broker, PostgreSQL, three services" + traffic;
    return "Weir starts" + what + ". Logs: " + home.folder().resolve("logs");
  }

  private static StartupException alreadyRunning(Home home) {
    String pid =
        RunFile.read(home.runFile()).map(run -> " (pid " + run.launcherPid() + ")").orElse("");
    return new StartupException(
        "a demo already runs in "
            + home.folder()
            + pid
            + ": look at it with ./weir status, stop it with Ctrl-C or ./weir down, or give this one"
            + " its own --dir and ports");
  }

  /** Ends left-over processes. This launcher holds the lock, so their own launcher is gone. */
  private static void endLeftOvers(Home home) throws InterruptedException {
    List<LeftOver> left = LeftOvers.in(home);
    if (!left.isEmpty()) {
      Display.ofSystem()
          .line("ending what a killed demo left running: " + LeftOvers.names(left) + " …");
    }
    LeftOvers.end(home, process -> {});
  }
}
