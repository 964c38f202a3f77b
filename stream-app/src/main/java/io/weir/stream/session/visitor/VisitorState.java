package io.weir.stream.session.visitor;

import io.weir.stream.session.touch.FrozenRun;
import io.weir.stream.session.touch.TouchRunCodec;
import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.touch.TouchRun;
import io.weir.stream.session.bytes.PartStore;
import io.weir.stream.session.touch.FreezePolicy;
import io.weir.stream.session.touch.FrozenList;
import io.weir.stream.session.touch.KnownIds;
import io.weir.stream.session.touch.Chunk;
import io.weir.stream.session.touch.IdRow;
import io.weir.stream.session.touch.Touch;

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
  private final FrozenList<Archive> archives;
  private final FrozenList<Chunk> chunks;
  private @Nullable Folds folds;
  private final Emissions emissions;
  private final PartIndex parts;
  private final KnownIds ids = new KnownIds();
  private int forgottenSessions;
  private long forgottenEnd;
  private long timer;

  /**
   * The timer that was armed when an earlier one was. Not stored: after a restart it is armed again,
   * which is harmless because timers are a set.
   */
  private long laterTimer = NO_TIMER;

  /** Not stored: the size and the number of events from which shrinking is worth an attempt. */
  private int shrinkFromSize;

  private int shrinkFromEvents;
  private @Nullable String user;
  private long userTime;

  public VisitorState() {
    this(VisitorContents.empty());
  }

  public VisitorState(VisitorContents stored) {
    this.live = stored.live();
    this.archives = stored.archives();
    this.chunks = stored.chunks();
    this.folds = stored.folds();
    this.emissions = stored.emissions();
    this.forgottenSessions = stored.forgottenSessions();
    this.forgottenEnd = stored.forgottenEnd();
    this.timer = stored.timer();
    this.user = stored.user();
    this.userTime = stored.userTime();
    this.parts = PartIndex.of(stored.nextPart(), frozen(archives, chunks, folds));
  }

  /** What is to be stored; shares everything with this state. */
  public VisitorContents contents() {
    return new VisitorContents(
        live,
        archives,
        chunks,
        folds,
        emissions,
        forgottenSessions,
        forgottenEnd,
        timer,
        user,
        userTime,
        parts.next());
  }

  /** A view of this state with the touches of all chunks among the live ones. Only to be read. */
  public VisitorState openedView() {
    return new VisitorState(contents().opened());
  }

  /** The watermark at which to settle, {@link #NO_TIMER} if none is armed. */
  public long timer() {
    return timer;
  }

  public void arm(long watermark) {
    timer = watermark;
  }

  /** An earlier timer comes first; the later one goes off as well, unless it is forgotten. */
  public void armBefore(long watermark) {
    if (laterTimer == NO_TIMER) {
      laterTimer = timer;
    }
    timer = watermark;
  }

  /** A timer that was armed when an earlier one was, {@link #NO_TIMER} if none is known. */
  public long laterTimer() {
    return laterTimer;
  }

  /**
   * Takes note of who the visitor is; true when the newest event names another user than before.
   */
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
      ids.build(live, frozenWithIds());
    }
    return ids.mayHave(idHash) && KnownIds.isAmong(live, frozenWithIds(), idHash);
  }

  private List<FrozenList<?>> frozenWithIds() {
    return folds == null ? List.of(chunks, archives) : List.of(chunks, archives, folds.ids());
  }

  /** Takes a new touch in and freezes older ones when there are many. */
  public void accept(Touch touch) {
    live.insert(touch);
    ids.add(touch.idHash);
    freezeChunks();
  }

  /** Freezes all but the last touches where there are many. */
  public void freezeChunks() {
    live = FreezePolicy.freeze(live, chunks);
  }

  /** Brings the touches of all chunks back among the live ones, in order. */
  public void openChunks() {
    open(chunks);
  }

  /** Brings the touches of all chunks and archives back among the live ones. */
  public void thaw() {
    open(chunks);
    open(archives);
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
    return 4L * live.bytes() + frozenBytes() + ids.bytes();
  }

  /** The approximate number of bytes when encoded: bounds visitors. */
  public int encodedSize() {
    return live.bytes() + frozenBytes() + emissions.bytes();
  }

  /** The part of {@link #encodedSize} that is frozen. */
  public int frozenBytes() {
    return chunks.bytes() + archives.bytes() + (folds == null ? 0 : folds.bytes());
  }

  /** The number of events that are in no archive and not folded. */
  public int liveEvents() {
    return live.size() + IdRow.count(chunks);
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

  public List<Archive> archives() {
    return archives.items();
  }

  public boolean hasChunks() {
    return !chunks.isEmpty();
  }

  public @Nullable Folds folds() {
    return folds;
  }

  /**
   * The end of the time of which events are no longer accepted, because nothing can tell duplicates
   * of them: their sessions are forgotten, or folded without ids.
   */
  public long sealedEnd() {
    return folds == null ? forgottenEnd : Math.max(forgottenEnd, folds.sealedEnd());
  }

  /** The end of the last forgotten session, {@link SessionSlice#NEVER} if there is none. */
  public long forgottenEnd() {
    return forgottenEnd;
  }

  /** The folds of sessions that are not archived. */
  public List<Fold> liveFolds() {
    return folds == null
        ? List.of()
        : folds.after(archives.isEmpty() ? SessionSlice.NEVER : archives.last().end());
  }

  /** Folds the first touches of a slice. */
  public void fold(SessionSlice slice, int count, int mostIds) {
    Folds all = folds == null ? new Folds() : folds;
    folds = all;
    if (all.fold(slice, live, count, mostIds)) {
      ids.forget();
    }
    live = live.without(slice.from(), slice.from() + count);
  }

  /** The number of sessions before the first touch. */
  public int sessionsBefore() {
    return archives.isEmpty() ? forgottenSessions : archives.last().number();
  }

  /** When the last session before the first touch ended. */
  public long endBefore() {
    return archives.isEmpty() ? forgottenEnd : archives.last().lastEnd();
  }

  /** Archives the touches up to the end of a slice; at least one archive tells of the session. */
  public void archive(SessionSlice last) {
    int from = 0;
    do {
      int to = Math.min(last.to(), from + FreezePolicy.MOST_TOUCHES);
      TouchRun closed = live.part(from, to, FreezePolicy.MOST_BYTES);
      from += closed.size();
      archives.add(Archive.of(last, closed));
    } while (from < last.to());
    live = live.without(0, last.to());
  }

  /** Forgets the first archives. */
  public void forgetArchives(int count) {
    if (count == 0) {
      return;
    }
    Archive last = archives.items().get(count - 1);
    archives.removeFirst(count);
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
    if (folds != null) {
      folds.forget(end);
    }
    ids.forget();
  }

  /**
   * Writes the parts that the store does not have. Comes before the visitor's own record is written.
   *
   * @return the number of frozen bytes that are left to that record
   */
  public int writeParts(PartStore store) {
    return parts.write(frozen(archives, chunks, folds), frozenBytes(), store);
  }

  /** Deletes the parts that nothing refers to. Comes after the visitor's own record was written. */
  public void deleteStaleParts(PartStore store) {
    parts.deleteStale(frozen(archives, chunks, folds), store);
  }

  /** Deletes all parts. Comes after the visitor's own record was deleted. */
  public void deleteParts(PartStore store) {
    parts.deleteAll(store);
  }

  /** Everything that is frozen, in the order of its age by kind. */
  private static List<FrozenList<?>> frozen(
      FrozenList<Archive> archives, FrozenList<Chunk> chunks, @Nullable Folds folds) {
    return folds == null
        ? List.of(archives, chunks)
        : List.of(archives, folds.folds(), folds.ids(), chunks);
  }
}
