package io.weir.benchmarks;

import java.util.Random;

/** A few events of some visitors, now. */
final class LoadStep implements Paced.Action {
  private final RawTopic raw;
  private final int visitors;
  private final int events;
  private final Random random = new Random(1);

  /**
   * @param events at once
   */
  LoadStep(RawTopic raw, int visitors, int events) {
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
