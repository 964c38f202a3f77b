package io.weir.benchmarks.queries;

import io.weir.benchmarks.topic.RawEventSender;
import io.weir.benchmarks.topic.RawEvents;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A probe that sends one event and asks for its visitor until the event is visible. */
final class VisibilityProbe implements PacedThreads.Action {
  private static final int VISITORS = 100;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final RawEventSender raw;
  private final InstanceConnections doors;
  private final String name;
  private final Random random = new Random(2);

  VisibilityProbe(RawEventSender raw, InstanceConnections doors, String name) {
    this.raw = raw;
    this.doors = doors;
    this.name = name;
  }

  @Override
  public void run(long number) throws IOException {
    String visitor = name + "-" + number % VISITORS;
    String page = "probe/" + number;
    raw.send(visitor, RawEvents.event(random, number, visitor, page, System.currentTimeMillis()));
    long begin = System.nanoTime();
    while (!doors.visitor(visitor).body().contains(page + "\"")) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new IOException("the event on " + page + " of " + visitor + " is not visible");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
