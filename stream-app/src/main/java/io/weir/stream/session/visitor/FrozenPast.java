package io.weir.stream.session.visitor;

import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.touch.Chunk;
import io.weir.stream.session.touch.FrozenList;
import io.weir.stream.session.touch.IdRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is frozen of a visitor: archives, chunks and folds. */
public final class FrozenPast {
  /** Closed sessions, oldest first, before everything else. */
  private final FrozenList<Archive> archives;

  /** Touches of sessions that may still go on, in any order: opening them sorts. */
  private final FrozenList<Chunk> chunks;

  /** Null for nearly all visitors: they have nothing folded. */
  private @Nullable Folds folds;

  FrozenPast() {
    this(new FrozenList<>(), new FrozenList<>(), null);
  }

  public FrozenPast(FrozenList<Archive> archives, FrozenList<Chunk> chunks, @Nullable Folds folds) {
    this.archives = archives;
    this.chunks = chunks;
    this.folds = folds;
  }

  public FrozenList<Archive> archives() {
    return archives;
  }

  public FrozenList<Chunk> chunks() {
    return chunks;
  }

  public @Nullable Folds folds() {
    return folds;
  }

  /** The folds, made if there are none. */
  Folds makeFolds() {
    Folds all = folds == null ? new Folds() : folds;
    folds = all;
    return all;
  }

  /** The approximate number of bytes that all of it takes. */
  int bytes() {
    return chunks.bytes() + archives.bytes() + (folds == null ? 0 : folds.bytes());
  }

  /** The number of events in chunks. */
  int chunkedEvents() {
    return IdRow.count(chunks);
  }

  /** The folds of sessions that are not archived. */
  List<Fold> liveFolds() {
    return folds == null
        ? List.of()
        : folds.after(archives.isEmpty() ? SessionSlice.NEVER : archives.last().end());
  }

  /** The end of the last fold without ids, {@link SessionSlice#NEVER} if there is none. */
  long sealedEnd() {
    return folds == null ? SessionSlice.NEVER : folds.sealedEnd();
  }

  /** Forgets what was folded of sessions that ended by then. */
  void forgetFolds(long end) {
    if (folds != null) {
      folds.forget(end);
    }
  }

  /** A past without the chunks, which shares everything else with this one. */
  FrozenPast withoutChunks() {
    return new FrozenPast(archives, new FrozenList<>(), folds);
  }

  /** The lists of items that begin with event ids, those with the newest first. */
  List<FrozenList<?>> withIds() {
    return folds == null ? List.of(chunks, archives) : List.of(chunks, archives, folds.ids());
  }

  /** All lists, in the order of the age of their items. */
  List<FrozenList<?>> all() {
    return folds == null
        ? List.of(archives, chunks)
        : List.of(archives, folds.folds(), folds.ids(), chunks);
  }
}
