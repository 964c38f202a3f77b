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
  /** Touches of a chunk; as many, or some more, stay live. */
  private static final int CHUNK = 16;

  /** More touches than most sessions have: those are never frozen while they go on. */
  private static final int FREEZE_FROM = 3 * CHUNK;

  /**
   * A visitor with more has moved its sessions about; it takes no events until some are forgotten.
   */
  static final int MOST_EMISSIONS = 4_000;

  public static final long NO_TIMER = Long.MAX_VALUE;
  static final long NEVER = Long.MIN_VALUE;

  /** The live ones, in order; see {@link Touch#isBefore}. */
  final List<Touch> touches = new ArrayList<>();

  /** Closed sessions, oldest first, before everything else. */
  private final FrozenList<Archive> archives = new FrozenList<>();

  /** Of sessions that may still go on, in any order: opening them sorts. */
  private final FrozenList<Chunk> chunks = new FrozenList<>();

  final List<Context> contexts = new ArrayList<>();
  final List<Emission> emissions = new ArrayList<>();
  Texts texts = new Texts();

  /** Not stored: who does not know it arms it twice, which is once. */
  private long laterTimer = NO_TIMER;

  /** Not stored: the weight from which sealing is worth an attempt. */
  int sealFrom;

  /** Of all ids, and perhaps some that are forgotten; null until somebody asks. */
  private @Nullable IdFilter ids;

  private int weight;
  private int ownBytes;

  /** Sessions that were forgotten, and the end of the last of them. */
  int forgottenSessions;

  long forgottenEnd = NEVER;
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
      chunks.addIds(all);
      archives.addIds(all);
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
    return chunks.isKnown(idHash) || archives.isKnown(idHash);
  }

  /** Takes a new touch in and freezes older ones when there are many. */
  void accept(Touch touch) {
    insert(touch);
    freezeChunks();
  }

  /** Freezes all but the last touches. */
  void freezeChunks() {
    if (touches.size() < FREEZE_FROM) {
      return;
    }
    int count = touches.size() / CHUNK - 1;
    for (int i = 0; i < count; i++) {
      VisitorState chunk = copied(i * CHUNK, (i + 1) * CHUNK);
      add(new Chunk(chunk.weight, VisitorStateCodec.body(chunk)));
    }
    removeFirst(count * CHUNK);
  }

  /** Brings the touches of all chunks back among the others, in order. */
  void openChunks() {
    open(chunks);
  }

  private void open(FrozenList<?> frozen) {
    if (frozen.isEmpty()) {
      return;
    }
    var all = new ArrayList<>(touches);
    for (Frozen each : frozen.items()) {
      VisitorState opened = each.opened();
      for (Touch touch : opened.touches) {
        all.add(touch.moved(opened.texts, opened.contexts, this));
      }
    }
    all.sort(Touch.ORDER);
    clearTouches();
    all.forEach(this::insert);
    frozen.clear();
  }

  void insert(Touch touch) {
    int at = touches.size();
    while (at > 0 && touch.isBefore(touches.get(at - 1))) {
      at--;
    }
    touches.add(at, touch);
    weight += touch.weight;
    ownBytes += touch.ownBytes();
    if (ids != null) {
      ids.add(touch.idHash);
    }
  }

  /** What the touches take, in bytes, about. */
  public int weight() {
    return weight + chunks.weight() + archives.weight();
  }

  /** What all this takes on the heap, in bytes, about. */
  public long memory() {
    int filter = ids == null ? 0 : ids.bytes();
    return 4L * liveBytes() + chunks.bytes() + archives.bytes() + filter;
  }

  /** What all this takes encoded, in bytes, about: bounds visitors. */
  int encodedSize() {
    return liveBytes() + chunks.bytes() + archives.bytes() + emissions.size() * Emission.BYTES;
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

  /** How many sessions were there before the first touch. */
  int sessionsBefore() {
    return archives.isEmpty() ? forgottenSessions : archives.last().number();
  }

  /** When the last session before the first touch ended. */
  long endBefore() {
    return archives.isEmpty() ? forgottenEnd : archives.last().lastEnd();
  }

  /** Archives the touches up to the end of a slice. */
  void archive(Slice last) {
    int count = last.to();
    VisitorState closed = count < touches.size() ? copied(0, count) : this;
    add(new Archive(last, closed.weight, VisitorStateCodec.body(closed)));
    removeFirst(count);
  }

  /** Some touches and what they refer to. */
  private VisitorState copied(int from, int to) {
    var copy = new VisitorState();
    for (Touch touch : touches.subList(from, to)) {
      copy.insert(touch.moved(texts, contexts, copy));
    }
    return copy;
  }

  void add(Archive archive) {
    archives.add(archive);
  }

  void add(Chunk chunk) {
    chunks.add(chunk);
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
    ids = null;
  }

  private void clearTouches() {
    touches.clear();
    weight = 0;
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

  /** Forgets the first touches. */
  void drop(int count) {
    removeFirst(count);
    ids = null;
  }

  /** Removes the first touches and what only they referred to. */
  private void removeFirst(int count) {
    Texts oldTexts = texts;
    var oldContexts = List.copyOf(contexts);
    var kept = List.copyOf(touches.subList(count, touches.size()));
    texts = new Texts();
    contexts.clear();
    clearTouches();
    for (Touch touch : kept) {
      insert(touch.moved(oldTexts, oldContexts, this));
    }
  }
}
