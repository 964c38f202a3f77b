package io.weir.stream.processor.timers;

import io.weir.stream.session.Watermark;
import io.weir.stream.session.visitor.VisitorState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The owner of all timers of a partition. A timer says at which watermark a visitor is settled.
 * This class arms it, fires it, decides whether a fired one still counts, and removes those of a
 * visitor that is erased. There is about one timer per session. The partition's watermark is kept
 * here as well, across restarts.
 *
 * <p>A visitor's state has the timer that counts. An event that makes the visitor due earlier arms
 * an earlier timer, and the later one stays in the store: it is ignored when it fires, or used
 * again if it is the next that is needed.
 *
 * <p>Timers that were armed since the last commit lie in memory: a partition that catches up passes
 * hours of event time between two commits, and most timers have fired by the next.
 */
public final class Timers {
  private static final byte[] PRESENT = {1};
  private static final int MOST_FRESH = 50_000;
  private static final Comparator<Timer> BY_TIME = Comparator.comparingLong(Timer::time);

  private final KeyValueStore<Bytes, byte[]> store;

  /** The timers armed since the last commit; none is before {@link #firedUpTo}. */
  private final PriorityQueue<Timer> fresh = new PriorityQueue<>(BY_TIME);

  /** The visitors erased since the last commit, as the keys of their timers have them. */
  private final Set<ByteBuffer> forgotten = new HashSet<>();

  /** Everything before has fired: scans start here, past the tombstones. */
  private long firedUpTo;

  /** Something may be due though the watermark stands still; true after a restart. */
  private boolean isPastDue = true;

  public Timers(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  public Watermark restore(long now) {
    byte[] saved = store.get(TimerKey.WATERMARK);
    if (saved == null) {
      firedUpTo = Watermark.NONE;
      return new Watermark(Watermark.NONE, now, now);
    }
    ByteBuffer bytes = ByteBuffer.wrap(saved);
    var watermark = new Watermark(bytes.getLong(), bytes.getLong(), now);
    firedUpTo = bytes.getLong();
    return watermark;
  }

  public void save(Watermark watermark) {
    store.put(
        TimerKey.WATERMARK,
        ByteBuffer.allocate(3 * Long.BYTES)
            .putLong(watermark.current())
            .putLong(watermark.wall())
            .putLong(firedUpTo)
            .array());
  }

  boolean isDue(long watermark) {
    return isPastDue || firedUpTo < watermark;
  }

  public long firedUpTo() {
    return isPastDue && firedUpTo != Watermark.NONE ? firedUpTo - 1 : firedUpTo;
  }

  /** Sees to it that the visitor is settled when the watermark gets to {@code due}, or before. */
  public void armBy(long due, String visitor, VisitorState state) {
    if (due < state.timer()) {
      boolean isFirst = state.laterTimer() == VisitorState.NO_TIMER;
      state.setTimers(arm(due, visitor), isFirst ? state.timer() : state.laterTimer());
    }
  }

  /** Arms the timer of a visitor that was just settled. */
  public void armNext(long due, String visitor, VisitorState state) {
    boolean isArmed = due == state.laterTimer() && isPending(due);
    state.setTimers(isArmed ? due : arm(due, visitor), state.laterTimer());
  }

  /** False for a fired timer of a visitor that an earlier timer has settled since it was armed. */
  public static boolean counts(Timer fired, VisitorState state) {
    return state.timer() == fired.time();
  }

  /** Arms a timer and returns the time it got: never one that scans have passed. */
  long arm(long time, String visitor) {
    long armed = Math.max(time, firedUpTo);
    isPastDue |= time <= firedUpTo;
    add(new Timer(armed, visitor));
    return armed;
  }

  /** Takes back the last of the fired timers, in order: they fire again. */
  void giveBack(List<Timer> unsettled) {
    firedUpTo = unsettled.getFirst().time();
    isPastDue = true;
    for (Timer timer : unsettled) {
      add(timer);
    }
  }

  private void add(Timer timer) {
    fresh.add(timer);
    if (fresh.size() == MOST_FRESH) {
      flush();
    }
  }

  /** Removes what is armed for the visitor until now, at the latest with the next commit. */
  public void forget(String visitor) {
    fresh.removeIf(timer -> timer.visitor().equals(visitor));
    forgotten.add(ByteBuffer.wrap(visitor.getBytes(StandardCharsets.UTF_8)));
  }

  /** Must be called before every commit. */
  public void flush() {
    dropForgotten();
    for (Timer timer : fresh) {
      store.put(TimerKey.of(timer.time(), timer.visitor()), PRESENT);
    }
    fresh.clear();
  }

  /** One scan for all: timers lie in the order of time, so a visitor's may be anywhere. */
  private void dropForgotten() {
    if (forgotten.isEmpty()) {
      return;
    }
    var found = new ArrayList<Bytes>();
    try (KeyValueIterator<Bytes, byte[]> range =
        store.range(TimerKey.first(firedUpTo), TimerKey.last())) {
      while (range.hasNext()) {
        Bytes key = range.next().key;
        if (forgotten.contains(TimerKey.visitorBytes(key))) {
          found.add(key);
        }
      }
    }
    found.forEach(key -> store.put(key, null));
    forgotten.clear();
  }

  /** Whether a timer that was armed for that time has not fired yet. */
  private boolean isPending(long time) {
    return time > firedUpTo;
  }

  /** The visitor to settle when the watermark gets to a time. */
  public record Timer(long time, String visitor) {}

  /**
   * Removes and returns the timers up to the watermark in order of time; at most about {@code
   * limit} stored ones and as many more.
   */
  List<Timer> fire(long watermark, int limit) {
    var fired = new ArrayList<Timer>();
    boolean isComplete = fireStored(watermark, limit, fired);
    long upTo = isComplete ? watermark : fired.getLast().time();
    int most = 2 * limit;
    while (!fresh.isEmpty() && fresh.element().time() <= upTo && fired.size() < most) {
      fired.add(fresh.remove());
    }
    if (!fresh.isEmpty() && fresh.element().time() <= upTo) {
      isComplete = false;
      upTo = fresh.element().time();
    }
    firedUpTo = Math.max(firedUpTo, upTo);
    isPastDue = !isComplete;
    fired.sort(BY_TIME);
    return fired;
  }

  /** True when there are no more of them. */
  private boolean fireStored(long watermark, int limit, List<Timer> fired) {
    var due = new ArrayList<Bytes>();
    boolean isComplete = true;
    try (KeyValueIterator<Bytes, byte[]> range =
        store.range(TimerKey.first(firedUpTo), TimerKey.first(watermark + 1))) {
      while (isComplete && range.hasNext()) {
        due.add(range.next().key);
        isComplete = due.size() < limit;
      }
    }
    for (Bytes key : due) {
      // A delete would read the value first, to return it.
      store.put(key, null);
      fired.add(new Timer(TimerKey.time(key), TimerKey.visitor(key)));
    }
    return isComplete;
  }
}
