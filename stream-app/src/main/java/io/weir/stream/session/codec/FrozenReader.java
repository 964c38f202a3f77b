package io.weir.stream.session.codec;

import io.weir.stream.session.bytes.Blob;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.PartReader;
import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.touch.Chunk;
import io.weir.stream.session.touch.FrozenList;
import io.weir.stream.session.visitor.Archive;
import io.weir.stream.session.visitor.FoldedIds;
import io.weir.stream.session.visitor.Folds;
import io.weir.stream.session.visitor.FrozenPast;
import io.weir.stream.session.visitor.SessionSlice;
import org.jspecify.annotations.Nullable;

/** Reads what {@link FrozenWriter} wrote, in the same order. */
record FrozenReader(ByteReader in, PartReader parts) {
  FrozenPast past() {
    return new FrozenPast(archives(), chunks(), folds());
  }

  private FrozenList<Archive> archives() {
    var archives = new FrozenList<Archive>();
    for (int left = in.varint(); left > 0; left--) {
      archives.add(
          new Archive(in.varint(), in.fixed(), in.fixed(), in.fixed(), Blob.read(in, parts)));
    }
    return archives;
  }

  private FrozenList<Chunk> chunks() {
    var chunks = new FrozenList<Chunk>();
    for (int left = in.varint(); left > 0; left--) {
      chunks.add(new Chunk(Blob.read(in, parts)));
    }
    return chunks;
  }

  private @Nullable Folds folds() {
    if (in.varint() == 0) {
      return null;
    }
    var folds = new FrozenList<Fold>();
    for (int left = in.varint(); left > 0; left--) {
      folds.add(fold());
    }
    var ids = new FrozenList<FoldedIds>();
    for (int left = in.varint(); left > 0; left--) {
      ids.add(new FoldedIds(in.fixed(), Blob.read(in, parts)));
    }
    return new Folds(folds, ids, in.varint() == 0 ? SessionSlice.NEVER : in.fixed());
  }

  private Fold fold() {
    return new Fold(
        in.fixed(),
        in.fixed(),
        in.varint() == 1,
        in.varint(),
        in.fixed(),
        in.fixed(),
        Blob.read(in, parts));
  }
}
