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

  /** Runs the work and returns its exit code. Call it once, from {@code main}. */
  public static int run(ToIntFunction<Stop> work) {
    var stop = new Stop();
    var ended = new CountDownLatch(1);
    var code = new AtomicInteger(ExitCodes.INTERRUPTED);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, ended, code), "end"));
    try {
      code.set(work.applyAsInt(stop));
    } finally {
      ended.countDown();
    }
    return code.get();
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
