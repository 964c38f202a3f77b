package io.weir.sink.maintenance;

import io.weir.sink.ops.Reason;
import io.weir.sink.table.LakeTables;
import io.weir.sink.table.TableSpec;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maintenance of all tables now and then, in a thread of its own. */
public final class MaintenanceSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceSchedule.class);
  private static final int PATIENCE_SECONDS = 10;

  private final Maintenance maintenance;
  private final Duration interval;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("maintenance").daemon().factory());

  private @Nullable Future<?> runs;

  public MaintenanceSchedule(Maintenance maintenance, Duration interval) {
    this.maintenance = maintenance;
    this.interval = interval;
  }

  /** An interval of nothing means never. */
  public void start() {
    if (!interval.isZero()) {
      long millis = interval.toMillis();
      runs = thread.scheduleWithFixedDelay(this::run, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** A table that fails leaves the others alone and is tried again next time. */
  private void run() {
    for (TableSpec table : LakeTables.all()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      try {
        Report report = maintenance.run(table);
        if (!report.isEmpty()) {
          LOG.info("Maintenance of {}", report);
        }
      } catch (RuntimeException e) {
        LOG.warn("Maintenance of {} will try again: {}", table.fullName(), Reason.of(e));
      }
    }
  }

  @Override
  public void close() {
    if (runs != null) {
      runs.cancel(true);
    }
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Maintenance is still busy; what it writes is left to the removal of orphans");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
