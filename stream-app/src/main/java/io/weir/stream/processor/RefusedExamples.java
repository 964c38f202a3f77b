package io.weir.stream.processor;

import io.weir.contract.RejectReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The raw records that this process refused last, a few of each reason, for people who look. What
 * the record holds is not kept: nobody has taken the address or the ids out of it.
 */
public final class RefusedExamples {
  private static final int OF_REASON = 5;

  private final Map<RejectReason, Deque<Example>> newest = new EnumMap<>(RejectReason.class);

  /**
   * One refused record.
   *
   * @param reason its code
   * @param detail the field, the value and the rule
   * @param appendTime when it came into the raw topic, in epoch milliseconds
   */
  public record Example(
      String reason, String detail, int partition, long offset, long appendTime) {}

  public synchronized void add(RejectReason reason, Example example) {
    Deque<Example> examples = newest.computeIfAbsent(reason, _ -> new ArrayDeque<>(OF_REASON));
    if (examples.size() == OF_REASON) {
      examples.removeLast();
    }
    examples.addFirst(example);
  }

  /** The newest of each reason first. */
  public synchronized List<Example> newest() {
    var all = new ArrayList<Example>();
    newest.values().forEach(all::addAll);
    return all;
  }
}
