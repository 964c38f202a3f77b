package io.weir.stream.session;

import io.weir.contract.avro.EnrichedEvent;
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

  /** Folded events whose ids are known; a visitor with more takes none as old as the rest. */
  static final int MOST_FOLDED_IDS = 1 << 17;

  public static final long NO_TIMER = Long.MAX_VALUE;
  static final long NEVER = Long.MIN_VALUE;

  /** The live ones, in order; see {@link Touch#isBefore}. */
  final List<Touch> touches = new ArrayList<>();

  /** Closed sessions, oldest first, before everything else. */
  private final FrozenList<Archive> archives = new FrozenList<>();

  /** Of sessions that may still go on, in any order: opening them sorts. */
  private final FrozenList<Chunk> chunks = new FrozenList<>();

  /** The older parts of long sessions, oldest first; those of archived sessions as well. */
  private final FrozenList<Fold> folds = new FrozenList<>();

  private final FrozenList<FoldedIds> foldedIds = new FrozenList<>();

  /** What of it the store keeps apart. */
  final Parts parts = new Parts();

  final List<Context> contexts = new ArrayList<>();
  final List<Emission> emissions = new ArrayList<>();
  Texts texts = new Texts();

  /** Not stored: who does not know it arms it twice, which is once. */
  private long laterTimer = NO_TIMER;

  /** Not stored: the size and the number of events from which shrinking is worth an attempt. */
  int shrinkFromSize;

  int shrinkFromEvents;

  /** Of all ids, and perhaps some that are forgotten; null until somebody asks. */
  private @Nullable IdFilter ids;

  private int ownBytes;

  /** Sessions that were forgotten, and the end of the last of them. */
  int forgottenSessions;

  long forgottenEnd = NEVER;

  /** Nothing can tell duplicates of what was folded up to here: it takes no more events. */
  long sealedEnd = NEVER;

  long timer = NO_TIMER;

  /** The user the visitor turned out to be, and the time of the event that said so. */
  @Nullable String user;

  long userTime = NEVER;

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
    return filter().mayHave(idHash) && isThere(idHash);
  }

  private IdFilter filter() {
    IdFilter all = ids;
    if (all == null) {
      all = new IdFilter();
      for (Touch touch : touches) {
        all.add(touch.idHash);
      }
      IdRow.addAll(chunks, all);
      IdRow.addAll(archives, all);
      IdRow.addAll(foldedIds, all);
      ids = all;
    }
    return all;
  }

  private boolean isThere(long idHash) {
    for (int i = touches.size() - 1; i >= 0; i--) {
      if (touches.get(i).idHash == idHash) {
        return true;
      }
    }
    return IdRow.isKnown(chunks, idHash)
        || IdRow.isKnown(archives, idHash)
        || IdRow.isKnown(foldedIds, idHash);
  }

  /** Takes a new touch in and freezes older ones when there are many. */
  void accept(Touch touch) {
    insert(touch);
    freezeChunks();
  }

  /** Freezes all but the last touches where there are many. */
  void freezeChunks() {
    int count = Freezing.count(touches.size(), liveBytes());
    if (count == 0) {
      return;
    }
    int from = 0;
    while (from < count) {
      VisitorState chunk = stretch(from, Freezing.end(from, count));
      from += chunk.touches.size();
      add(new Chunk(new Blob(VisitorStateCodec.body(chunk))));
    }
    removeRange(0, count);
    mergeChunks();
  }

  /** Makes larger chunks of small ones: many events shall not be many chunks. */
  private void mergeChunks() {
    for (int count = Freezing.alike(chunks); count > 0; count = Freezing.alike(chunks)) {
      var merged = new VisitorState();
      var last = List.copyOf(chunks().subList(chunks().size() - count, chunks().size()));
      merged.openAll(last);
      chunks.removeLast(count);
      add(new Chunk(new Blob(VisitorStateCodec.body(merged))));
    }
  }

  /** Brings the touches of all chunks back among the others, in order. */
  void openChunks() {
    open(chunks);
  }

  /** The same with the touches of all chunks among the others; to look at. */
  VisitorState openedCopy() {
    var copy = new VisitorState();
    var move = new Move(texts, contexts, copy);
    touches.forEach(touch -> copy.insert(touch.moved(move)));
    archives().forEach(copy::add);
    folds.items().forEach(copy.folds::add);
    copy.emissions.addAll(emissions);
    copy.forgottenSessions = forgottenSessions;
    copy.forgottenEnd = forgottenEnd;
    copy.openAll(chunks());
    return copy;
  }

  private void open(FrozenList<?> frozen) {
    if (!frozen.isEmpty()) {
      openAll(frozen.items());
      frozen.clear();
    }
  }

  private void openAll(List<? extends Frozen> frozen) {
    var all = new ArrayList<>(touches);
    for (Frozen each : frozen) {
      VisitorState opened = VisitorStateCodec.ofBody(each.blob().bytes());
      var move = new Move(opened.texts, opened.contexts, this);
      for (Touch touch : opened.touches) {
        all.add(touch.moved(move));
      }
    }
    all.sort(Touch.ORDER);
    clearTouches();
    all.forEach(this::insert);
  }

  void insert(Touch touch) {
    int at = touches.size();
    while (at > 0 && touch.isBefore(touches.get(at - 1))) {
      at--;
    }
    touches.add(at, touch);
    ownBytes += touch.ownBytes();
    if (ids != null) {
      ids.add(touch.idHash);
    }
  }

  /** What all this takes on the heap, in bytes, about. */
  public long memory() {
    int filter = ids == null ? 0 : ids.bytes();
    return 4L * liveBytes() + frozenBytes() + filter;
  }

  /** What all this takes encoded, in bytes, about: bounds visitors. */
  int encodedSize() {
    return liveBytes() + frozenBytes() + emissions.size() * Emission.BYTES;
  }

  int frozenBytes() {
    return chunks.bytes() + archives.bytes() + folds.bytes() + foldedIds.bytes();
  }

  /** How many events are in no archive and not folded. */
  int liveEvents() {
    return touches.size() + IdRow.count(chunks);
  }

  private int liveBytes() {
    return ownBytes + texts.bytes() + contexts.size() * Context.BYTES;
  }

  List<Archive> archives() {
    return archives.items();
  }

  List<Chunk> chunks() {
    return chunks.items();
  }

  List<Fold> folds() {
    return folds.items();
  }

  List<FoldedIds> foldedIds() {
    return foldedIds.items();
  }

  /** The folds of sessions that are not archived. */
  List<Fold> liveFolds() {
    if (folds.isEmpty() || archives.isEmpty()) {
      return folds.items();
    }
    long archived = archives.last().end();
    return folds.items().stream().filter(fold -> fold.first() > archived).toList();
  }

  /** Folds the first touches of a slice, with what of it is folded already. */
  void fold(Slice slice, int count) {
    var sums = new SessionSums();
    for (Fold fold : slice.folds()) {
      sums.addAll(fold.sums());
    }
    int end = slice.from() + count;
    sums.add(this, slice.from(), end);
    foldedIds.add(FoldedIds.of(touches.subList(slice.from(), end)));
    removeRange(slice.from(), end);
    folds.removeIf(slice.folds()::contains);
    add(sums.toFold());
    while (foldedIds.items().size() > 1 && IdRow.count(foldedIds) > MOST_FOLDED_IDS) {
      sealedEnd = Math.max(sealedEnd, foldedIds.items().getFirst().end());
      foldedIds.removeFirst(1);
      ids = null;
    }
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
      VisitorState closed = stretch(from, Freezing.end(from, last.to()));
      from += closed.touches.size();
      add(Archive.of(last, VisitorStateCodec.body(closed)));
    } while (from < last.to());
    removeRange(0, last.to());
  }

  /** As many touches, and what they refer to, as may be frozen together. */
  private VisitorState stretch(int from, int to) {
    var copy = new VisitorState();
    var move = new Move(texts, contexts, copy);
    for (int i = from; i < to && copy.liveBytes() < Freezing.MOST_BYTES; i++) {
      copy.insert(touches.get(i).moved(move));
    }
    return copy;
  }

  void add(Archive archive) {
    archives.add(archive);
  }

  void add(Chunk chunk) {
    chunks.add(chunk);
  }

  void add(FoldedIds folded) {
    foldedIds.add(folded);
  }

  void add(Fold fold) {
    int at = folds.items().size();
    while (at > 0 && fold.first() < folds.items().get(at - 1).first()) {
      at--;
    }
    folds.add(at, fold);
  }

  /** Everything that is frozen, in the order of its age by kind. */
  List<FrozenList<?>> frozen() {
    return List.of(archives, folds, foldedIds, chunks);
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
    ids = null;
  }

  /** Forgets what was folded of sessions that ended by then. */
  private void forgetFolds(long end) {
    folds.removeIf(fold -> fold.last() <= end);
    foldedIds.removeIf(folded -> folded.end() <= end);
  }

  private void clearTouches() {
    touches.clear();
    ownBytes = 0;
  }

  /** The context of an event: mostly the one of the event before it. */
  int context(EnrichedEvent event) {
    if (!touches.isEmpty()) {
      int last = touches.getLast().context;
      if (contexts.get(last).is(event, texts)) {
        return last;
      }
    }
    return intern(Context.of(event, texts));
  }

  int intern(Context context) {
    int known = contexts.lastIndexOf(context);
    if (known >= 0) {
      return known;
    }
    contexts.add(context);
    return contexts.size() - 1;
  }

  /** Forgets the sessions up to a slice. */
  void drop(Slice last) {
    removeRange(0, last.to());
    forgetFolds(last.end());
    ids = null;
  }

  /** Removes some touches and what only they referred to. */
  private void removeRange(int from, int to) {
    Texts oldTexts = texts;
    var oldContexts = List.copyOf(contexts);
    var kept = new ArrayList<>(touches.subList(0, from));
    kept.addAll(touches.subList(to, touches.size()));
    texts = new Texts();
    contexts.clear();
    clearTouches();
    var move = new Move(oldTexts, oldContexts, this);
    for (Touch touch : kept) {
      insert(touch.moved(move));
    }
  }
}
