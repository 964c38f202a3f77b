package io.weir.local.command;

import io.weir.local.platform.Home;
import io.weir.local.terminal.Display;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The folder of a drill: deleted after a good one. In any other end, also by a signal, it stays and
 * a line names it, once.
 */
final class DrillFolder implements AutoCloseable {
  private final Home home;
  private final Display display;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private volatile boolean isGood;

  private DrillFolder(Home home, Display display) {
    this.home = home;
    this.display = display;
  }

  /** A new folder inside the given one. */
  static DrillFolder in(Home all, Display display) {
    Home home = all.another("drill-");
    home.create();
    return new DrillFolder(home, display);
  }

  Home home() {
    return home;
  }

  /** Says that nobody needs the files. */
  void succeed() {
    isGood = true;
  }

  /** Closes after what lies in the folder is given back; if that fails, the folder stays. */
  void closeAfter(Runnable release) {
    try {
      release.run();
    } catch (RuntimeException e) {
      isGood = false;
      throw e;
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    if (isClosed.getAndSet(true)) {
      return;
    }
    boolean isKept = true;
    try {
      if (isGood) {
        home.deleteAll();
        isKept = false;
      }
    } finally {
      if (isKept) {
        display.line("all files of the drill: " + home.folder());
      }
    }
  }
}
