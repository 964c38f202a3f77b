package io.weir.benchmarks.queries;

import io.weir.benchmarks.topic.RawEvents;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/** A question for a random visitor; counts the answers by status. */
final class VisitorQuestion implements PacedThreads.Action {
  private final InstanceConnections doors;
  private final int visitors;
  private final Map<Integer, LongAdder> answers;
  private final Random random;

  /**
   * @param answers a map that threads may share
   */
  VisitorQuestion(
      InstanceConnections doors, int visitors, Map<Integer, LongAdder> answers, long seed) {
    this.doors = doors;
    this.visitors = visitors;
    this.answers = answers;
    this.random = new Random(seed);
  }

  @Override
  public void run(long number) throws IOException {
    int status = doors.visitor(RawEvents.visitor(random.nextInt(visitors))).status();
    answers.computeIfAbsent(status, _ -> new LongAdder()).increment();
  }
}
