package io.weir.stream.session;

import io.weir.contract.avro.EnrichedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one visitor: the one value in the store. Holds the touches of open
 * sessions and of closed ones until no accepted event can change them, the hashes that tell
 * duplicates, what was emitted, and when to look again.
 */
public final class VisitorState {
  /** From so many touches or archived bytes on, ids are looked up in a set. */
  private static final int INDEX_FROM = 4;

  private static final int INDEX_ARCHIVES_FROM = 8 << 10;
  private static final int OWN_ARCHIVE_BYTES = 64;

  public static final long NO_TIMER = Long.MAX_VALUE;
  static final long NEVER = Long.MIN_VALUE;

  /** In order; see {@link Touch#isBefore}. */
  final List<Touch> touches = new ArrayList<>();

  /** Closed sessions before the first touch, oldest first. */
  private final List<Archive> archives = new ArrayList<>(0);

  final List<Context> contexts = new ArrayList<>();
  final List<Emission> emissions = new ArrayList<>();
  Texts texts = new Texts();

  /** Not stored: who does not know it arms it twice, which is once. */
  private long laterTimer = NO_TIMER;

  /** Not stored: the weight from which sealing is worth an attempt. */
  int sealFrom;

  private @Nullable LongSet ids;
  private @Nullable LongSet archivedIds;
  private int weight;
  private int archivedWeight;
  private int archivedBytes;

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
    return isInTouches(idHash) || isArchived(idHash);
  }

  private boolean isArchived(long idHash) {
    if (archivedIds != null) {
      return archivedIds.contains(idHash);
    }
    for (int i = archives.size() - 1; i >= 0; i--) {
      if (archives.get(i).isKnown(idHash)) {
        return true;
      }
    }
    return false;
  }

  private boolean isInTouches(long idHash) {
    if (ids != null) {
      return ids.contains(idHash);
    }
    for (int i = touches.size() - 1; i >= 0; i--) {
      if (touches.get(i).idHash == idHash) {
        return true;
      }
    }
    return false;
  }

  void insert(Touch touch) {
    int at = touches.size();
    while (at > 0 && touch.isBefore(touches.get(at - 1))) {
      at--;
    }
    touches.add(at, touch);
    weight += touch.weight;
    if (ids != null) {
      ids.add(touch.idHash);
    } else if (touches.size() >= INDEX_FROM) {
      index();
    }
  }

  private void index() {
    var all = new LongSet(touches.size());
    for (Touch touch : touches) {
      all.add(touch.idHash);
    }
    ids = all;
  }

  /** What the touches take, in bytes, about. */
  public int weight() {
    return weight + archivedWeight;
  }

  /** What all this takes on the heap, in bytes, about. */
  public long memory() {
    return 4L * weight + archivedBytes;
  }

  /** What all this takes encoded, in bytes, about. */
  int encodedSize() {
    return weight + archivedBytes;
  }

  List<Archive> archives() {
    return Collections.unmodifiableList(archives);
  }

  /** How many sessions were there before the first touch. */
  int sessionsBefore() {
    return archives.isEmpty() ? forgottenSessions : archives.getLast().number();
  }

  /** When the last session before the first touch ended. */
  long endBefore() {
    return archives.isEmpty() ? forgottenEnd : archives.getLast().lastEnd();
  }

  /** Archives the touches up to the end of a slice. */
  void archive(Slice last) {
    int count = last.to();
    VisitorState closed = this;
    if (count < touches.size()) {
      closed = new VisitorState();
      for (Touch touch : touches.subList(0, count)) {
        closed.insert(closed.moved(touch, texts, contexts));
      }
    }
    byte[] body = VisitorStateCodec.body(closed);
    add(new Archive(last, closed.weight, body));
    drop(count);
  }

  void add(Archive archive) {
    archives.add(archive);
    archivedWeight += archive.weight();
    archivedBytes += archive.size() + OWN_ARCHIVE_BYTES;
    if (archivedIds != null) {
      archive.addIds(archivedIds);
    } else if (archivedBytes >= INDEX_ARCHIVES_FROM) {
      var all = new LongSet(touches.size());
      archives.forEach(each -> each.addIds(all));
      archivedIds = all;
    }
  }

  /** Brings the archived touches back among the others. */
  void thaw() {
    if (archives.isEmpty()) {
      return;
    }
    var live = List.copyOf(touches);
    clearTouches();
    for (Archive archive : archives) {
      VisitorState closed = archive.opened();
      for (Touch touch : closed.touches) {
        insert(moved(touch, closed.texts, closed.contexts));
      }
    }
    live.forEach(this::insert);
    clearArchives();
  }

  /** Forgets the archives up to an index. */
  void forgetArchives(int count) {
    if (count == 0) {
      return;
    }
    Archive last = archives.get(count - 1);
    forgottenSessions = last.number();
    forgottenEnd = last.lastEnd();
    emissions.removeIf(emission -> emission.start() <= last.lastStart());
    var kept = List.copyOf(archives.subList(count, archives.size()));
    clearArchives();
    kept.forEach(this::add);
  }

  private void clearArchives() {
    archives.clear();
    archivedIds = null;
    archivedWeight = 0;
    archivedBytes = 0;
  }

  private void clearTouches() {
    touches.clear();
    weight = 0;
    ids = null;
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

  /** Drops the first touches and what only they referred to. */
  void drop(int count) {
    Texts oldTexts = texts;
    var oldContexts = List.copyOf(contexts);
    var kept = List.copyOf(touches.subList(count, touches.size()));
    texts = new Texts();
    contexts.clear();
    clearTouches();
    for (Touch touch : kept) {
      insert(moved(touch, oldTexts, oldContexts));
    }
  }

  private Touch moved(Touch touch, Texts oldTexts, List<Context> oldContexts) {
    var moved = new Touch.Builder();
    moved.time = touch.time;
    moved.idHash = touch.idHash;
    moved.type = touch.type;
    moved.isLate = touch.isLate;
    moved.page = texts.intern(oldTexts.text(touch.page));
    moved.context = intern(oldContexts.get(touch.context).moved(oldTexts, texts));
    moved.user = texts.intern(oldTexts.text(touch.user));
    moved.revenue = touch.revenue;
    moved.currency = texts.intern(oldTexts.text(touch.currency));
    moved.products = new int[touch.products.length];
    for (int i = 0; i < touch.products.length; i++) {
      moved.products[i] = texts.intern(oldTexts.text(touch.products[i]));
    }
    return moved.build(texts);
  }
}
