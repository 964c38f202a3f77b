package io.weir.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/**
 * The end of a command after a signal: the command sees a {@link Stop}, finishes what it has begun,
 * and the exit code of the process is that of the command, not that of the signal.
 */
public final class OrderlyEnd {
  private static final long MOST_SECONDS = 60;

  private OrderlyEnd() {}

  /**
   * Runs the work and returns its exit code. Call it once, from {@code main}. If the work throws,
   * the exit code is whatever the caller makes of it.
   */
  public static int run(ToIntFunction<Stop> work) {
    var stop = new Stop();
    var ended = new CountDownLatch(1);
    var code = new AtomicInteger(ExitCodes.INTERRUPTED);
    var end = new Thread(() -> end(stop, ended, code), "end");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      code.set(work.applyAsInt(stop));
      return code.get();
    } catch (RuntimeException e) {
      forget(end, e);
      throw e;
    } finally {
      ended.countDown();
    }
  }

  /** The hook would put its own exit code in the place of the failure's. */
  private static void forget(Thread end, RuntimeException failure) {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) { // the process ends already, because of a signal
      failure.addSuppressed(e);
    }
  }

  private static void end(Stop stop, CountDownLatch ended, AtomicInteger code) {
    stop.request();
    try {
      if (!ended.await(MOST_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("not everything could be sent within " + MOST_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code.get());
  }
}
