package io.weir.stream.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one visitor: the one value in the store. Holds the touches of open
 * sessions and of closed ones until no accepted event can change them, the hashes that tell
 * duplicates, what was emitted, and when to look again.
 */
public final class VisitorState {
  /**
   * A visitor with more has moved its sessions about; it takes no events until some are forgotten.
   */
  static final int MOST_EMISSIONS = 4_000;

  public static final long NO_TIMER = Long.MAX_VALUE;
  static final long NEVER = Long.MIN_VALUE;

  /** What is not frozen. */
  private Stretch live;

  /** Closed sessions, oldest first, before everything else. */
  private final FrozenList<Archive> archives = new FrozenList<>();

  /** Of sessions that may still go on, in any order: opening them sorts. */
  private final FrozenList<Chunk> chunks = new FrozenList<>();

  /** Null for nearly all visitors: they have nothing folded. */
  private @Nullable Folding folding;

  /** What of it the store keeps apart. */
  final Parts parts = new Parts();

  final List<Emission> emissions = new ArrayList<>();

  /** Not stored: who does not know it arms it twice, which is once. */
  private long laterTimer = NO_TIMER;

  /** Not stored: the size and the number of events from which shrinking is worth an attempt. */
  int shrinkFromSize;

  int shrinkFromEvents;

  private final KnownIds ids = new KnownIds();

  /** Sessions that were forgotten, and the end of the last of them. */
  int forgottenSessions;

  long forgottenEnd = NEVER;

  long timer = NO_TIMER;

  /** The user the visitor turned out to be, and the time of the event that said so. */
  @Nullable String user;

  long userTime = NEVER;

  public VisitorState() {
    this(new Stretch());
  }

  VisitorState(Stretch live) {
    this.live = live;
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

  boolean isKnown(long idHash) {
    return ids.has(this, idHash);
  }

  /** Takes a new touch in and freezes older ones when there are many. */
  void accept(Touch touch) {
    insert(touch);
    freezeChunks();
  }

  /** Freezes all but the last touches where there are many. */
  void freezeChunks() {
    int count = Freezing.count(live.touches.size(), live.bytes());
    if (count == 0) {
      return;
    }
    int from = 0;
    while (from < count) {
      Stretch chunk = live.frozen(from, Freezing.end(from, count));
      from += chunk.touches.size();
      chunks.add(Chunk.of(chunk));
    }
    live = live.without(0, count);
    Freezing.merge(chunks);
  }

  /** Brings the touches of all chunks back among the others, in order. */
  void openChunks() {
    open(chunks);
  }

  /** The same with the touches of all chunks among the others; to look at. */
  VisitorState openedCopy() {
    var copy = new VisitorState(live.with(chunks.items()));
    archives.items().forEach(copy.archives::add);
    copy.folding = folding;
    copy.emissions.addAll(emissions);
    copy.forgottenSessions = forgottenSessions;
    copy.forgottenEnd = forgottenEnd;
    return copy;
  }

  private void open(FrozenList<?> frozen) {
    if (!frozen.isEmpty()) {
      live = live.with(frozen.items());
      frozen.clear();
    }
  }

  void insert(Touch touch) {
    live.insert(touch);
    ids.add(touch.idHash);
  }

  Stretch live() {
    return live;
  }

  void take(Stretch read) {
    live = read;
  }

  /** What all this takes on the heap, in bytes, about. */
  public long memory() {
    return 4L * live.bytes() + frozenBytes() + ids.bytes();
  }

  /** What all this takes encoded, in bytes, about: bounds visitors. */
  int encodedSize() {
    return live.bytes() + frozenBytes() + emissions.size() * Emission.BYTES;
  }

  int frozenBytes() {
    return chunks.bytes() + archives.bytes() + (folding == null ? 0 : folding.bytes());
  }

  /** How many events are in no archive and not folded. */
  int liveEvents() {
    return live.touches.size() + IdRow.count(chunks);
  }

  List<Archive> archives() {
    return archives.items();
  }

  List<Chunk> chunks() {
    return chunks.items();
  }

  @Nullable Folding folding() {
    return folding;
  }

  void take(Folding read) {
    folding = read;
  }

  /** Up to when nothing can tell duplicates of what was folded. */
  long sealedEnd() {
    return folding == null ? NEVER : folding.sealedEnd();
  }

  /** The folds of sessions that are not archived. */
  List<Fold> liveFolds() {
    return folding == null
        ? List.of()
        : folding.after(archives.isEmpty() ? NEVER : archives.last().end());
  }

  /** Folds the first touches of a slice. */
  void fold(Slice slice, int count, int mostIds) {
    Folding all = folding == null ? new Folding() : folding;
    folding = all;
    if (all.fold(slice, live, count, mostIds)) {
      ids.forget();
    }
    live = live.without(slice.from(), slice.from() + count);
  }

  /** How many sessions were there before the first touch. */
  int sessionsBefore() {
    return archives.isEmpty() ? forgottenSessions : archives.last().number();
  }

  /** When the last session before the first touch ended. */
  long endBefore() {
    return archives.isEmpty() ? forgottenEnd : archives.last().lastEnd();
  }

  /** Archives the touches up to the end of a slice; at least one archive tells of the session. */
  void archive(Slice last) {
    int from = 0;
    do {
      Stretch closed = live.frozen(from, Math.min(last.to(), from + Freezing.MOST_TOUCHES));
      from += closed.touches.size();
      archives.add(Archive.of(last, closed));
    } while (from < last.to());
    live = live.without(0, last.to());
  }

  void add(Archive archive) {
    archives.add(archive);
  }

  void add(Chunk chunk) {
    chunks.add(chunk);
  }

  List<FrozenList<?>> frozenWithIds() {
    return folding == null ? List.of(chunks, archives) : List.of(chunks, archives, folding.ids());
  }

  /** Everything that is frozen, in the order of its age by kind. */
  List<FrozenList<?>> frozen() {
    return folding == null
        ? List.of(archives, chunks)
        : List.of(archives, folding.folds(), folding.ids(), chunks);
  }

  /** Brings all touches back among the live ones. */
  void thaw() {
    open(chunks);
    open(archives);
  }

  /** Forgets the archives up to an index. */
  void forgetArchives(int count) {
    if (count == 0) {
      return;
    }
    Archive last = archives.items().get(count - 1);
    forgottenSessions = last.number();
    forgottenEnd = last.lastEnd();
    emissions.removeIf(emission -> emission.start() <= last.lastStart());
    archives.removeFirst(count);
    forgetFolds(last.end());
    ids.forget();
  }

  private void forgetFolds(long end) {
    if (folding != null) {
      folding.forget(end);
    }
  }

  /** Forgets the sessions up to a slice. */
  void drop(Slice last) {
    live = live.without(0, last.to());
    forgetFolds(last.end());
    ids.forget();
  }
}
