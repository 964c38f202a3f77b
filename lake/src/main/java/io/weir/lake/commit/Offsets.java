package io.weir.lake.commit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The next offset to read per partition, as stored in a table, and Kafka's id of their topic; the
 * id is empty if none was stored.
 */
public record Offsets(String topicId, Map<Integer, Long> next) {
  /** Stands for the offset of a partition the table has never seen. */
  public static final long NONE = -1;

  public static final Offsets EMPTY = new Offsets(Map.of());

  public Offsets {
    next = Collections.unmodifiableMap(new TreeMap<>(next));
    next.forEach((partition, offset) -> {
      if (partition < 0 || offset < 0) {
        throw new IllegalArgumentException("no offset: " + partition + "=" + offset);
      }
    });
  }

  public Offsets(Map<Integer, Long> next) {
    this("", next);
  }

  public long of(int partition) {
    return next.getOrDefault(partition, NONE);
  }

  /** Whether these offsets belong to a topic with another id, perhaps of the same name. */
  public boolean areOfAnother(String topic) {
    return !topicId.isEmpty() && !topic.isEmpty() && !topicId.equals(topic);
  }

  /**
   * A copy of these offsets in which newer ones replace those of the same partitions. If {@code
   * topic} is another topic's id, only the newer ones remain.
   */
  public Offsets with(String topic, Map<Integer, Long> newer) {
    var merged = new TreeMap<Integer, Long>();
    if (!areOfAnother(topic)) {
      merged.putAll(next);
    }
    merged.putAll(newer);
    return new Offsets(topic.isEmpty() ? topicId : topic, merged);
  }

  /** The form in the summary of a snapshot, e.g. {@code 0=120,3=7}. */
  public String encoded() {
    var text = new StringBuilder();
    next.forEach((partition, offset) ->
        text.append(text.isEmpty() ? "" : ",").append(partition).append('=').append(offset));
    return text.toString();
  }

  public static Offsets decoded(String topicId, String text) {
    var next = new TreeMap<Integer, Long>();
    if (text.isEmpty()) {
      return new Offsets(topicId, next);
    }
    for (String entry : text.split(",", -1)) {
      int middle = entry.indexOf('=');
      if (middle < 0) {
        throw new IllegalArgumentException("not offsets of a table: " + text);
      }
      next.put(
          Integer.parseInt(entry.substring(0, middle)),
          Long.parseLong(entry.substring(middle + 1)));
    }
    return new Offsets(topicId, next);
  }
}
