package io.weir.stream.processor;

import io.weir.contract.RejectReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The raw records that this process refused last, a few of each reason, for people who look. Of
 * what the record holds, only the value that its detail quotes is kept, and of a detail the
 * beginning: nobody has taken the address or the ids out of the rest.
 */
public final class RefusedExamples {
  private static final int OF_REASON = 5;
  private static final int LONGEST = 200;

  private final Map<RejectReason, Deque<Example>> newest = new EnumMap<>(RejectReason.class);

  /**
   * One refused record.
   *
   * @param reason its code
   * @param detail the field, the value and the rule; at most 200 characters of it
   * @param appendTime when it came into the raw topic, in epoch milliseconds
   */
  public record Example(String reason, String detail, int partition, long offset, long appendTime) {

    /** Shortens the detail: a sender may have made the value that it quotes very long. */
    public Example {
      detail = beginning(detail);
    }

    private static String beginning(String detail) {
      if (detail.length() <= LONGEST) {
        return detail;
      }
      // A character outside the first plane is two, of which none stands alone.
      int end = LONGEST - 1 - (Character.isHighSurrogate(detail.charAt(LONGEST - 2)) ? 1 : 0);
      return detail.substring(0, end) + "…";
    }

    boolean isAt(Example other) {
      return partition == other.partition && offset == other.offset;
    }
  }

  /** Adds an example. A record that is processed again after a lost transaction counts once. */
  public synchronized void add(RejectReason reason, Example example) {
    Deque<Example> examples = newest.computeIfAbsent(reason, _ -> new ArrayDeque<>(OF_REASON));
    if (examples.stream().anyMatch(example::isAt)) {
      return;
    }
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
