package io.weir.stream.session.visitor;

import io.weir.stream.session.bytes.PartStore;
import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.sums.Orders;
import io.weir.stream.session.touch.FreezePolicy;
import io.weir.stream.session.touch.FrozenList;
import io.weir.stream.session.touch.FrozenRun;
import io.weir.stream.session.touch.KnownIds;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchRun;
import io.weir.stream.session.touch.TouchRunCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one visitor: the one value in the store. Holds the touches of open
 * sessions and of closed ones until no accepted event can change them, the hashes that tell
 * duplicates, what was emitted, and when to look again.
 */
public final class VisitorState {
  public static final long NO_TIMER = VisitorContents.NO_TIMER;

  private TouchRun live;
  private final FrozenPast past;
  private final Emissions emissions;
  private final PartIndex parts;
  private final KnownIds ids = new KnownIds();
  private int forgottenSessions;
  private long forgottenEnd;
  private long timer;

  /**
   * A later timer that stayed armed when an earlier one was armed. Not stored: after a restart it
   * is armed again, which is harmless because timers are a set.
   */
  private long laterTimer = NO_TIMER;

  /** Shrinking pays from this size on, or from the next field's number of events. Not stored. */
  private int shrinkFromSize;

  private int shrinkFromEvents;
  private @Nullable String user;
  private long userTime;
  private final Orders orders;

  public VisitorState() {
    this(VisitorContents.empty());
  }

  public VisitorState(VisitorContents stored) {
    this.live = stored.live();
    this.past = stored.past();
    this.emissions = stored.emissions();
    this.forgottenSessions = stored.forgottenSessions();
    this.forgottenEnd = stored.forgottenEnd();
    this.timer = stored.timer();
    this.user = stored.user();
    this.userTime = stored.userTime();
    this.orders = stored.orders();
    this.parts = PartIndex.of(stored.nextPart(), past.all());
  }

  /** The contents to store; they share everything with this state. */
  public VisitorContents contents() {
    return new VisitorContents(
        live,
        past,
        emissions,
        forgottenSessions,
        forgottenEnd,
        timer,
        user,
        userTime,
        parts.next(),
        orders);
  }

  /** A view of this state with the touches of all chunks among the live ones. Only to be read. */
  public VisitorState openedView() {
    return new VisitorState(contents().opened());
  }

  /** The watermark at which to settle, {@link #NO_TIMER} if none is armed. */
  public long timer() {
    return timer;
  }

  /** A later timer that stayed armed, {@link #NO_TIMER} if none is known. */
  public long laterTimer() {
    return laterTimer;
  }

  /** Takes note of the timers that their owner has armed. */
  public void setTimers(long next, long later) {
    timer = next;
    laterTimer = later;
  }

  /** Notes the visitor's user; returns true if the newest event names another user than before. */
  public boolean identify(String user, long time) {
    if (time < userTime || user.equals(this.user)) {
      return false;
    }
    this.user = user;
    this.userTime = time;
    return true;
  }

  /** Whether the visitor has an event with that id. */
  public boolean isKnown(long idHash) {
    if (!ids.isBuilt()) {
      ids.build(live, past.withIds());
    }
    return ids.mayHave(idHash) && KnownIds.isAmong(live, past.withIds(), idHash);
  }

  /** Takes a new touch in and freezes older ones when there are many. */
  public void accept(Touch touch) {
    live.insert(touch);
    ids.add(touch.idHash);
    freezeChunks();
  }

  /** Freezes all but the last touches where there are many. */
  public void freezeChunks() {
    live = FreezePolicy.freeze(live, past.chunks());
  }

  /** Brings the touches of all chunks back among the live ones, in order. */
  public void openChunks() {
    open(past.chunks());
  }

  /** Brings the touches of all chunks and archives back among the live ones. */
  public void thaw() {
    open(past.chunks());
    open(past.archives());
  }

  private void open(FrozenList<? extends FrozenRun> frozen) {
    if (!frozen.isEmpty()) {
      live = live.with(TouchRunCodec.read(frozen.items()));
      frozen.clear();
    }
  }

  /** The touches that are not frozen. */
  public TouchRun live() {
    return live;
  }

  /** The approximate number of bytes on the heap. */
  public long memory() {
    return 4L * live.bytes() + frozenBytes() + ids.bytes() + 4L * orders.bytes();
  }

  /** The approximate number of encoded bytes, which has a limit for each visitor. */
  public int encodedSize() {
    return live.bytes() + frozenBytes() + emissions.bytes() + orders.bytes();
  }

  /** The part of {@link #encodedSize} that is frozen. */
  public int frozenBytes() {
    return past.bytes();
  }

  /** The number of events that are in no archive and not folded. */
  public int liveEvents() {
    return live.size() + past.chunkedEvents();
  }

  /** Whether the state has reached one of two limits, and has grown since it was shrunk last. */
  public boolean isShrinkingDue(int size, int events) {
    return encodedSize() >= Math.max(size, shrinkFromSize)
        || liveEvents() >= Math.max(events, shrinkFromEvents);
  }

  /** Postpones the next shrinking until the state has so many more bytes or events. */
  public void postponeShrinking(int moreBytes, int moreEvents) {
    shrinkFromSize = encodedSize() + moreBytes;
    shrinkFromEvents = liveEvents() + moreEvents;
  }

  public Emissions emissions() {
    return emissions;
  }

  public Orders orders() {
    return orders;
  }

  public List<Archive> archives() {
    return past.archives().items();
  }

  public boolean hasChunks() {
    return !past.chunks().isEmpty();
  }

  public @Nullable Folds folds() {
    return past.folds();
  }

  /**
   * Events up to this time are no longer accepted, because duplicates could not be told: their
   * sessions are forgotten, or folded without ids.
   */
  public long sealedEnd() {
    return Math.max(forgottenEnd, past.sealedEnd());
  }

  /** The end of the last forgotten session, {@link SessionSlice#NEVER} if there is none. */
  public long forgottenEnd() {
    return forgottenEnd;
  }

  /** The folds of sessions that are not archived. */
  public List<Fold> liveFolds() {
    return past.liveFolds();
  }

  /** Folds the first touches of a slice. */
  public void fold(SessionSlice slice, int count, int mostIds) {
    if (past.makeFolds().fold(slice, live, count, mostIds)) {
      ids.forget();
    }
    live = live.without(slice.from(), slice.from() + count);
  }

  /** The number of sessions before the first touch. */
  public int sessionsBefore() {
    return past.archives().isEmpty() ? forgottenSessions : past.archives().last().number();
  }

  /** The end of the last session before the first touch. */
  public long endBefore() {
    return past.archives().isEmpty() ? forgottenEnd : past.archives().last().lastEnd();
  }

  /** Archives the touches up to the end of a slice; makes an archive even if all are folded. */
  public void archive(SessionSlice last) {
    int from = 0;
    do {
      int to = Math.min(last.to(), from + FreezePolicy.MOST_TOUCHES);
      TouchRun closed = live.part(from, to, FreezePolicy.MOST_BYTES);
      from += closed.size();
      past.archives().add(Archive.of(last, closed));
    } while (from < last.to());
    live = live.without(0, last.to());
  }

  /** Forgets the first archives. */
  public void forgetArchives(int count) {
    if (count == 0) {
      return;
    }
    Archive last = past.archives().items().get(count - 1);
    past.archives().removeFirst(count);
    forget(last.number(), last.lastEnd(), last.lastStart(), last.end());
  }

  /** Forgets the sessions up to a slice. */
  public void forget(SessionSlice last) {
    live = live.without(0, last.to());
    forget(last.number(), last.lastEnd(), last.start(), last.end());
  }

  private void forget(int number, long lastEnd, long lastStart, long end) {
    forgottenSessions = number;
    forgottenEnd = lastEnd;
    emissions.forget(lastStart);
    past.forgetFolds(end);
    ids.forget();
  }

  /**
   * Writes the parts that the store does not have. Comes before the visitor's own record is
   * written.
   *
   * @return the number of frozen bytes that are left to that record
   */
  public int writeParts(PartStore store) {
    return parts.write(past.all(), past.bytes(), store);
  }

  /** Deletes the parts that nothing refers to. Comes after the visitor's own record was written. */
  public void deleteStaleParts(PartStore store) {
    parts.deleteStale(past.all(), store);
  }

  /** Deletes all parts. Comes after the visitor's own record was deleted. */
  public void deleteParts(PartStore store) {
    parts.deleteAll(store);
  }
}
