package io.weir.stream.session.visitor;

import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.sums.SessionSums;
import io.weir.stream.session.touch.FrozenList;
import io.weir.stream.session.touch.IdRow;
import io.weir.stream.session.touch.TouchRun;
import java.util.List;

/** The folds of a visitor's sessions, and the ids of the events that they sum up. */
public final class Folds {
  /** The older parts of long sessions, oldest first; those of archived sessions as well. */
  private final FrozenList<Fold> folds;

  private final FrozenList<FoldedIds> ids;
  private long sealedEnd;

  public Folds() {
    this(new FrozenList<>(), new FrozenList<>(), SessionSlice.NEVER);
  }

  public Folds(FrozenList<Fold> folds, FrozenList<FoldedIds> ids, long sealedEnd) {
    this.folds = folds;
    this.ids = ids;
    this.sealedEnd = sealedEnd;
  }

  public FrozenList<Fold> folds() {
    return folds;
  }

  public FrozenList<FoldedIds> ids() {
    return ids;
  }

  int bytes() {
    return folds.bytes() + ids.bytes();
  }

  /**
   * Events up to this time are no longer accepted: their ids are forgotten, so duplicates could not
   * be told; {@link SessionSlice#NEVER} if there is no such time.
   */
  public long sealedEnd() {
    return sealedEnd;
  }

  /** The folds of sessions that begin after a time. */
  List<Fold> after(long time) {
    return folds.isEmpty()
        ? List.of()
        : folds.items().stream().filter(fold -> fold.first() > time).toList();
  }

  /**
   * Folds the first touches of a slice, together with the folds that the slice has already.
   *
   * @param mostIds how many ids are kept; the oldest go first
   * @return whether ids were forgotten
   */
  boolean fold(SessionSlice slice, TouchRun live, int count, int mostIds) {
    var sums = new SessionSums();
    for (Fold fold : slice.folds()) {
      sums.addAll(fold.sums());
    }
    int end = slice.from() + count;
    sums.add(live, slice.from(), end);
    ids.add(FoldedIds.of(live.touches(slice.from(), end)));
    folds.removeIf(slice.folds()::contains);
    add(sums.toFold());
    boolean hasForgotten = false;
    while (ids.items().size() > 1 && IdRow.count(ids) > mostIds) {
      sealedEnd = Math.max(sealedEnd, ids.items().getFirst().end());
      ids.removeFirst(1);
      hasForgotten = true;
    }
    return hasForgotten;
  }

  private void add(Fold fold) {
    int at = folds.items().size();
    while (at > 0 && fold.first() < folds.items().get(at - 1).first()) {
      at--;
    }
    folds.add(at, fold);
  }

  /** Forgets the folds of sessions that ended by then. */
  void forget(long end) {
    folds.removeIf(fold -> fold.last() <= end);
    ids.removeIf(folded -> folded.end() <= end);
  }
}
