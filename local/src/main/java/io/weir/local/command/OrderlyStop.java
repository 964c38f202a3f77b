package io.weir.local.command;

import io.weir.local.platform.Platform;
import io.weir.local.terminal.Display;
import java.util.List;

/**
 * Stops the platform in reverse order, whether the command ends by itself or by a signal. A signal
 * runs the JVM's shutdown hook; the command's thread then waits until the JVM has ended.
 */
final class OrderlyStop implements AutoCloseable {
  private final Platform platform;
  private final Display display;
  private final Runnable before;
  private final Runnable afterwards;
  private final Thread hook = new Thread(this::stop, "orderly-stop");

  private OrderlyStop(Platform platform, Display display, Runnable before, Runnable afterwards) {
    this.platform = platform;
    this.display = display;
    this.before = before;
    this.afterwards = afterwards;
  }

  static OrderlyStop of(Platform platform, Display display, Runnable afterwards) {
    return of(platform, display, () -> {}, afterwards);
  }

  /** Stops the platform after the first action, and does the second one at the end. */
  static OrderlyStop of(Platform platform, Display display, Runnable before, Runnable afterwards) {
    var stop = new OrderlyStop(platform, display, before, afterwards);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  private void stop() {
    try {
      before.run();
      List<String> killed = platform.stop(name -> display.paint("stopping " + name + " …"));
      for (String name : killed) {
        display.line(name + " did not stop in time and was killed");
      }
      afterwards.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (platform.isStopping()) {
      return; // the hook is at work, and System.exit waits for it
    }
    Runtime.getRuntime().removeShutdownHook(hook);
    stop();
  }
}
