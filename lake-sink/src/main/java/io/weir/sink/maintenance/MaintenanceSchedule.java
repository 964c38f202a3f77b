package io.weir.sink.maintenance;

import io.weir.lake.commit.CauseChain;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import io.weir.sink.gold.GoldRetention;
import io.weir.sink.ops.LoopHealth;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains all tables, and then gold, in intervals, in a thread of its own. No failure ends the
 * service, because no record waits for maintenance. After an exception maintenance tries again. An
 * error, such as a class that is not found, needs a person: the service is not ready until a whole
 * round succeeds.
 */
public final class MaintenanceSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceSchedule.class);
  private static final int PATIENCE_SECONDS = 10;

  private static final String GOLD = "gold";

  private final Maintenance maintenance;
  private final GoldRetention gold;
  private final Duration interval;
  private final LoopHealth health;
  private final Consumer<String> failures;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("maintenance").daemon().factory());

  private @Nullable Future<?> runs;

  /** Creates a schedule; {@code failures} is called with the name of each table that failed. */
  public MaintenanceSchedule(
      Maintenance maintenance,
      GoldRetention gold,
      Duration interval,
      LoopHealth health,
      Consumer<String> failures) {
    this.maintenance = maintenance;
    this.gold = gold;
    this.interval = interval;
    this.health = health;
    this.failures = failures;
  }

  /** The names under which failures are counted. */
  public static List<String> names() {
    return Stream.concat(LakeTables.all().stream().map(TableSpec::fullName), Stream.of(GOLD))
        .toList();
  }

  /** Starts the thread. An interval of zero switches maintenance off. */
  public void start() {
    health.up();
    if (!interval.isZero()) {
      long millis = interval.toMillis();
      runs = thread.scheduleWithFixedDelay(this::run, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Maintains all tables. A failure of one table does not stop the others, and the table is tried
   * again next time.
   */
  private void run() {
    boolean isSound = true;
    for (TableSpec table : LakeTables.all()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      isSound &= run(table.fullName(), () -> maintain(table));
    }
    isSound &= run(GOLD, this::removeOldRows);
    if (isSound) {
      health.up();
    }
  }

  private void maintain(TableSpec table) {
    MaintenanceReport report = maintenance.run(table);
    if (!report.isEmpty()) {
      LOG.info("Maintenance of {}", report);
    }
  }

  private void removeOldRows() {
    try {
      GoldRetention.Result removed = gold.run();
      if (!removed.isEmpty()) {
        LOG.info("Maintenance of {}", removed);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(CauseChain.of(e), e);
    }
  }

  /** Maintains one table, or gold. Returns false after an error. */
  @SuppressWarnings("checkstyle:IllegalCatch")
  private boolean run(String name, Runnable maintained) {
    try {
      maintained.run();
    } catch (RuntimeException e) {
      failures.accept(name);
      LOG.warn("Maintenance of {} will try again: {}", name, CauseChain.of(e));
    } catch (Error e) {
      failures.accept(name);
      LOG.error("Maintenance of {} is broken and will try again", name, e);
      health.down(
          "maintenance of "
              + name
              + " is broken: "
              + e.getClass().getSimpleName()
              + ": "
              + CauseChain.of(e));
      return false;
    }
    return true;
  }

  @Override
  public void close() {
    if (runs != null) {
      runs.cancel(true);
    }
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Maintenance is still running; its unfinished files will be removed as orphans");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
