package io.weir.stream.session.sums;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import java.util.Arrays;

/**
 * The impressions and clicks of one ad in a session. A click matches the latest earlier impression
 * that no click before has matched, if that is at most 30 minutes old. Events of equal times count
 * as if the impressions came first.
 */
final class AdEvents {
  /** A fold keeps at most so many events of an ad. The older ones are matched for good. */
  static final int MOST = 128;

  private static final long WINDOW_MS = 30 * 60_000;
  private static final int FIRST_ROOM = 4;

  private int impressions;
  private int clicks;

  /** The matched clicks among the events that are not kept any more. */
  private int settled;

  /** Twice the time, and one more for a click. */
  private long[] events = new long[FIRST_ROOM];

  private int size;

  /** Counts an event that no other one can match. */
  void count(boolean isClick) {
    impressions += isClick ? 0 : 1;
    clicks += isClick ? 1 : 0;
  }

  void add(boolean isClick, long time) {
    count(isClick);
    if (size == events.length) {
      events = Arrays.copyOf(events, 2 * size);
    }
    events[size++] = 2 * time + (isClick ? 1 : 0);
  }

  void addAll(AdEvents others) {
    addCounts(others);
    settled += others.settled;
    events = Arrays.copyOf(events, size + others.size + FIRST_ROOM);
    System.arraycopy(others.events, 0, events, size, others.size);
    size += others.size;
  }

  /** Adds what others counted, but not the events that may match. */
  void addCounts(AdEvents others) {
    impressions += others.impressions;
    clicks += others.clicks;
  }

  int impressions() {
    return impressions;
  }

  int clicks() {
    return clicks;
  }

  boolean isEmpty() {
    return impressions + clicks == 0;
  }

  /** The number of clicks that match an impression. */
  int matched() {
    return settled + matching(size).matched;
  }

  private Matching matching(int first) {
    Arrays.sort(events, 0, size);
    var matching = new Matching(first);
    for (int i = 0; i < first; i++) {
      matching.add(events[i]);
    }
    return matching;
  }

  /** One pass over events in order: the impressions that are not matched yet, latest on top. */
  private static final class Matching {
    private final long[] open;
    private int top;
    private int matched;

    private Matching(int most) {
      this.open = new long[most];
    }

    private void add(long event) {
      boolean isClick = (event & 1) == 1;
      if (!isClick) {
        open[top++] = event;
      } else if (top > 0 && event - 1 - open[top - 1] <= 2 * WINDOW_MS) {
        top--;
        matched++;
      }
    }
  }

  void write(ByteWriter out) {
    prune();
    Arrays.sort(events, 0, size);
    out.varint(impressions);
    out.varint(clicks);
    out.varint(settled);
    out.varint(size);
    long previous = 0;
    for (int i = 0; i < size; i++) {
      out.signed(events[i] - previous);
      previous = events[i];
    }
  }

  /** Matches the older events for good, and keeps the impressions that a later click may match. */
  private void prune() {
    if (size <= MOST) {
      return;
    }
    int kept = MOST / 2;
    Matching older = matching(size - kept);
    settled += older.matched;
    int open = Math.min(older.top, kept);
    var left = new long[open + kept];
    System.arraycopy(older.open, older.top - open, left, 0, open);
    System.arraycopy(events, size - kept, left, open, kept);
    events = left;
    size = left.length;
  }

  static AdEvents read(ByteReader in) {
    var read = new AdEvents();
    read.impressions = in.varint();
    read.clicks = in.varint();
    read.settled = in.varint();
    read.size = in.varint();
    read.events = new long[read.size + FIRST_ROOM];
    long event = 0;
    for (int i = 0; i < read.size; i++) {
      event += in.signed();
      read.events[i] = event;
    }
    return read;
  }
}
