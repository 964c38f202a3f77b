package io.weir.benchmarks.queries;

import io.weir.benchmarks.topic.RawEventSender;
import io.weir.benchmarks.topic.RawEvents;
import java.util.Random;

/** A step of the steady load: a few events of random visitors, dated now. */
public final class LoadStep implements PacedThreads.Action {
  private final RawEventSender raw;
  private final int visitors;
  private final int events;
  private final Random random = new Random(1);

  /**
   * @param events at once
   */
  public LoadStep(RawEventSender raw, int visitors, int events) {
    this.raw = raw;
    this.visitors = visitors;
    this.events = events;
  }

  @Override
  public void run(long number) {
    long now = System.currentTimeMillis();
    for (int i = 0; i < events; i++) {
      String visitor = RawEvents.visitor(random.nextInt(visitors));
      raw.send(visitor, RawEvents.view(random, number * events + i, visitor, now));
    }
  }
}
