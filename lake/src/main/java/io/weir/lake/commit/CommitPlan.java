package io.weir.lake.commit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One commit as its writer means it: for each partition it has read, the offset it started from and
 * the one it will leave. The id stays the same however often the commit is tried. The topic's id is
 * Kafka's, empty when nobody knows it.
 */
public record CommitPlan(String commitId, String topicId, Map<Integer, Span> spans) {

  /** From the offset the table had ({@link Offsets#NONE}: none) to the next one to read. */
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

  /** Why this plan may not follow that marker: another writer has moved one of our partitions. */
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

  /** The marker this commit leaves: its own partitions moved, all others of the topic copied. */
  public Marker after(Marker newest) {
    var moved = new TreeMap<Integer, Long>();
    spans.forEach((partition, span) -> moved.put(partition, span.to()));
    return new Marker(commitId, newest.offsets().with(topicId, moved));
  }

  private static String shown(long offset) {
    return offset == Offsets.NONE ? "no offset" : Long.toString(offset);
  }
}
