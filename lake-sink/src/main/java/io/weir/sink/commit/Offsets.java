package io.weir.sink.commit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The next offset to read per partition, as a table remembers it. */
public record Offsets(Map<Integer, Long> next) {
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

  public long of(int partition) {
    return next.getOrDefault(partition, NONE);
  }

  /** These offsets, with those of {@code newer} in their places. */
  public Offsets with(Map<Integer, Long> newer) {
    var merged = new TreeMap<>(next);
    merged.putAll(newer);
    return new Offsets(merged);
  }

  /** {@code 0=120,3=7}: what stands in the summary of a snapshot. */
  public String encoded() {
    var text = new StringBuilder();
    next.forEach((partition, offset) ->
        text.append(text.isEmpty() ? "" : ",").append(partition).append('=').append(offset));
    return text.toString();
  }

  public static Offsets decoded(String text) {
    var next = new TreeMap<Integer, Long>();
    if (text.isEmpty()) {
      return EMPTY;
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
    return new Offsets(next);
  }
}
