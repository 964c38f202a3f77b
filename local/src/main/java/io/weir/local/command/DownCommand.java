package io.weir.local.command;

import io.weir.local.platform.Home;
import io.weir.local.platform.HomeLock;
import io.weir.local.platform.LeftOvers;
import io.weir.local.platform.LeftOvers.LeftOver;
import io.weir.local.platform.RunFile;
import io.weir.local.terminal.Display;
import io.weir.process.StartupException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a demo from another terminal, or the processes that a killed launcher left running. */
@Command(
    name = "down",
    description = "Stops a running demo, or the processes that a killed one left; the data stay.")
public final class DownCommand implements Callable<Integer> {
  private static final int PATIENCE_SECONDS = 150;
  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws InterruptedException {
    Home home = common.home();
    Display display = Display.ofSystem();
    boolean launched = stopLauncher(home, display);
    try (HomeLock _ =
        HomeLock.tryTake(home)
            .orElseThrow(() -> new StartupException("the demo in " + home.folder() + " runs on"))) {
      List<LeftOver> left = LeftOvers.in(home);
      if (left.isEmpty() && !launched) {
        display.line("nothing runs in " + home.folder());
        return 0;
      }
      List<LeftOver> killed = LeftOvers.end(home, process -> display.line("stopping " + process));
      killed.forEach(process -> display.line(process + " did not stop in time and was killed"));
      display.line("everything stopped; data: " + home.data());
      return 0;
    }
  }

  /** Stops the launcher, which stops its processes in order; tells whether there was one. */
  private static boolean stopLauncher(Home home, Display display) throws InterruptedException {
    Optional<HomeLock> free = HomeLock.tryTake(home);
    if (free.isPresent()) {
      free.get().close();
      return false;
    }
    ProcessHandle launcher =
        RunFile.read(home.runFile())
            .flatMap(RunFile::launcher)
            .orElseThrow(() -> new StartupException("a demo is just starting in " + home.folder()));
    display.line("stopping the demo (pid " + launcher.pid() + ")");
    launcher.destroy();
    await(launcher);
    return true;
  }

  private static void await(ProcessHandle launcher) throws InterruptedException {
    try {
      launcher.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      launcher.destroyForcibly();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
