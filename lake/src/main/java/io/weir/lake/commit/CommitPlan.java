package io.weir.lake.commit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One commit as its writer intends it. It has, for each partition that was read, the offset before
 * and after the commit. The id stays the same however often the commit is tried. The topic's id is
 * Kafka's id of the topic, empty if it is not known.
 */
public record CommitPlan(String commitId, String topicId, Map<Integer, Span> spans) {

  /**
   * From the offset that the table had ({@link Offsets#NONE} if it had none) to the next offset to
   * read.
   */
  public record Span(long from, long to) {
    public Span {
      if (to < 0 || from < Offsets.NONE) {
        throw new IllegalArgumentException("not a span: " + from + " to " + to);
      }
    }
  }

  public CommitPlan {
    spans = Map.copyOf(spans);
    if (commitId.isEmpty() || spans.isEmpty()) {
      throw new IllegalArgumentException("nothing to commit: " + commitId + " " + spans);
    }
  }

  public CommitPlan(String commitId, Map<Integer, Span> spans) {
    this(commitId, "", spans);
  }

  /**
   * Why this plan cannot be committed after the marker: another writer moved one of the plan's
   * partitions. Empty if it can.
   */
  public Optional<String> staleness(Marker newest) {
    for (Map.Entry<Integer, Span> entry : new TreeMap<>(spans).entrySet()) {
      long found = newest.offsets().of(entry.getKey());
      long expected = entry.getValue().from();
      if (found != expected) {
        return Optional.of(
            "partition "
                + entry.getKey()
                + " stands at "
                + shown(found)
                + " in the table, this"
                + " writer started from "
                + shown(expected));
      }
    }
    return Optional.empty();
  }

  /**
   * The marker that this commit leaves. The offsets of the plan's partitions are new, those of all
   * other partitions of the topic are copied.
   */
  public Marker after(Marker newest) {
    var moved = new TreeMap<Integer, Long>();
    spans.forEach((partition, span) -> moved.put(partition, span.to()));
    return new Marker(commitId, newest.offsets().with(topicId, moved));
  }

  private static String shown(long offset) {
    return offset == Offsets.NONE ? "no offset" : Long.toString(offset);
  }
}
