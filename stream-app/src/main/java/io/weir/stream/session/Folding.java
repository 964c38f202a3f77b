package io.weir.stream.session;

import java.util.List;

/** What of a visitor's sessions is folded: sums, and the ids of what they sum up. */
final class Folding {
  /** The older parts of long sessions, oldest first; those of archived sessions as well. */
  private final FrozenList<Fold> folds = new FrozenList<>();

  private final FrozenList<FoldedIds> ids = new FrozenList<>();

  /** Nothing can tell duplicates of what was folded up to here: it takes no more events. */
  private long sealedEnd = VisitorState.NEVER;

  FrozenList<Fold> folds() {
    return folds;
  }

  FrozenList<FoldedIds> ids() {
    return ids;
  }

  int bytes() {
    return folds.bytes() + ids.bytes();
  }

  long sealedEnd() {
    return sealedEnd;
  }

  /** The folds of sessions that begin after a time. */
  List<Fold> after(long time) {
    return folds.isEmpty()
        ? List.of()
        : folds.items().stream().filter(fold -> fold.first() > time).toList();
  }

  /**
   * Adds the first touches of a slice to what of the slice is folded already.
   *
   * @param mostIds how many ids are kept; the oldest go first
   * @return whether ids were forgotten
   */
  boolean fold(Slice slice, Stretch live, int count, int mostIds) {
    var sums = new SessionSums();
    for (Fold fold : slice.folds()) {
      sums.addAll(fold.sums());
    }
    int end = slice.from() + count;
    sums.add(live, slice.from(), end);
    ids.add(FoldedIds.of(live.touches.subList(slice.from(), end)));
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

  /** Forgets what was folded of sessions that ended by then. */
  void forget(long end) {
    folds.removeIf(fold -> fold.last() <= end);
    ids.removeIf(folded -> folded.end() <= end);
  }

  void write(ByteWriter out, boolean isWhole) {
    out.varint(folds.items().size());
    for (Fold fold : folds.items()) {
      fold.write(out, isWhole);
    }
    out.varint(ids.items().size());
    for (FoldedIds folded : ids.items()) {
      out.fixed(folded.end());
      folded.blob().write(out, isWhole);
    }
    out.varint(sealedEnd == VisitorState.NEVER ? 0 : 1);
    if (sealedEnd != VisitorState.NEVER) {
      out.fixed(sealedEnd);
    }
  }

  static Folding read(ByteReader in, PartReader parts) {
    var read = new Folding();
    for (int left = in.varint(); left > 0; left--) {
      read.folds.add(Fold.read(in, parts));
    }
    for (int left = in.varint(); left > 0; left--) {
      read.ids.add(new FoldedIds(in.fixed(), Blob.read(in, parts)));
    }
    read.sealedEnd = in.varint() == 0 ? VisitorState.NEVER : in.fixed();
    return read;
  }
}
