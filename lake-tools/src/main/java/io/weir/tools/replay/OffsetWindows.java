package io.weir.tools.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cuts the offsets of all partitions into equal slices. One slice of all partitions fits into
 * memory. Slice after slice, the rows of each partition are sent in the order of their offsets,
 * whatever files they are in.
 */
final class OffsetWindows {
  private static final Comparator<Source> ORDER =
      Comparator.comparing(Source::topic).thenComparingInt(Source::partition);

  /** The partition from which rows came. */
  record Source(String topic, int partition) {}

  /** The offsets from {@code first}, up to but not including {@code end}. */
  record Span(long first, long end) {
    Span with(long offset) {
      return new Span(Math.min(first, offset), Math.max(end, offset + 1));
    }
  }

  private final Map<Source, Span> spans = new TreeMap<>(ORDER);
  private long rows;

  void add(String topic, int partition, long offset) {
    rows++;
    var source = new Source(topic, partition);
    Span span = spans.get(source);
    if (span == null) {
      spans.put(source, new Span(offset, offset + 1));
    } else if (offset < span.first || offset >= span.end) {
      spans.put(source, span.with(offset));
    }
  }

  /** The offsets of one topic, by partition. */
  SortedMap<Integer, Span> spans(String topic) {
    var found = new TreeMap<Integer, Span>();
    spans.forEach((source, span) -> {
      if (source.topic.equals(topic)) {
        found.put(source.partition, span);
      }
    });
    return found;
  }

  long rows() {
    return rows;
  }

  /** The slices, each with at most {@code most} offsets, plus one per partition for rounding. */
  List<Map<Source, Span>> slices(long most) {
    long width = 0;
    for (Span span : spans.values()) {
      width += span.end - span.first;
    }
    long count = Math.ceilDiv(width, most);
    var slices = new ArrayList<Map<Source, Span>>();
    for (long i = 0; i < count; i++) {
      slices.add(slice(i, count));
    }
    return slices;
  }

  private Map<Source, Span> slice(long number, long count) {
    var slice = new TreeMap<Source, Span>(ORDER);
    spans.forEach((source, span) -> {
      long width = span.end - span.first;
      var part =
          new Span(span.first + width * number / count, span.first + width * (number + 1) / count);
      if (part.first < part.end) {
        slice.put(source, part);
      }
    });
    return slice;
  }
}
