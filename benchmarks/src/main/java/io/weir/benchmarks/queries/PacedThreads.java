package io.weir.benchmarks.queries;

import io.weir.benchmarks.measure.Latencies;
import io.weir.process.StartupException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that repeat an action at set times. Latency counts from the set time: an action that
 * starts late because the one before took long has waited as well.
 */
public final class PacedThreads implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Latencies latencies = new Latencies();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean isEnding;

  /** The action that a thread repeats. */
  public interface Action {
    /**
     * @param number of this time, counted by thread
     */
    void run(long number) throws IOException;
  }

  /**
   * Starts a thread for each action.
   *
   * @param perSecond times of all of them together
   */
  public static PacedThreads start(String name, double perSecond, List<? extends Action> actions) {
    var paced = new PacedThreads();
    long interval = (long) (NANOS_PER_SECOND * actions.size() / perSecond);
    long begin = System.nanoTime();
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      long first = begin + interval * i / actions.size();
      paced.threads.add(
          Thread.ofPlatform()
              .daemon()
              .name(name + "-" + i)
              .start(() -> paced.repeat(action, first, interval)));
    }
    return paced;
  }

  private void repeat(Action action, long first, long interval) {
    try {
      for (long number = 0; !isEnding; number++) {
        long due = first + number * interval;
        await(due);
        action.run(number);
        latencies.add(System.nanoTime() - due);
      }
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  public Latencies latencies() {
    return latencies;
  }

  /** Fails when one of the threads has. */
  public void check() {
    Exception cause = failure.get();
    if (cause != null) {
      throw new StartupException("a request of the benchmark failed: " + cause, cause);
    }
  }

  @Override
  public void close() {
    isEnding = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
