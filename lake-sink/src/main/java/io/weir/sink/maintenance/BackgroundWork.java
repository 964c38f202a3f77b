package io.weir.sink.maintenance;

import io.weir.lake.commit.CauseChain;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small work in intervals, in a thread of its own. Nothing waits for it: a failure is logged once.
 */
final class BackgroundWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);
  private static final int PATIENCE_SECONDS = 2;

  private final Task task;
  private final String postponed;
  private final ScheduledExecutorService thread;

  private boolean hasFailed;
  private volatile boolean isClosed;

  /** What is done each time. */
  @FunctionalInterface
  interface Task {
    void run() throws SQLException;
  }

  /**
   * Work that does not run yet.
   *
   * @param postponed what a failure means, for the log
   */
  BackgroundWork(String name, String postponed, Task task) {
    this.task = task;
    this.postponed = postponed;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
  }

  void start(Duration interval) {
    // A run throws nothing that the future could keep.
    var _ = thread.scheduleWithFixedDelay(this::run, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @SuppressWarnings("checkstyle:IllegalCatch") // the next run must come, whatever happened
  private void run() {
    try {
      task.run();
      hasFailed = false;
    } catch (RuntimeException | SQLException | LinkageError e) {
      if (!hasFailed && !isClosed) {
        LOG.warn("{}: {}", postponed, CauseChain.of(e));
      }
      hasFailed = true;
    }
  }

  /** Ends the work, and waits a little for a run that goes on. */
  @Override
  public void close() {
    isClosed = true;
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.debug("a run goes on ({})", postponed);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
