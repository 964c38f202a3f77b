package io.weir.stream.session.codec;

import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.touch.Chunk;
import io.weir.stream.session.visitor.Archive;
import io.weir.stream.session.visitor.FoldedIds;
import io.weir.stream.session.visitor.Folds;
import io.weir.stream.session.visitor.FrozenPast;
import io.weir.stream.session.visitor.SessionSlice;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is frozen of a visitor into the visitor's own record.
 *
 * @param isWhole whether the bytes of parts are written as well
 */
record FrozenWriter(ByteWriter out, boolean isWhole) {
  void write(FrozenPast past) {
    out.varint(past.archives().items().size());
    for (Archive archive : past.archives().items()) {
      out.varint(archive.number());
      out.fixed(archive.lastStart());
      out.fixed(archive.end());
      out.fixed(archive.lastEnd());
      archive.blob().write(out, isWhole);
    }
    out.varint(past.chunks().items().size());
    for (Chunk chunk : past.chunks().items()) {
      chunk.blob().write(out, isWhole);
    }
    write(past.folds());
  }

  private void write(@Nullable Folds folds) {
    if (folds == null) {
      out.varint(0);
      return;
    }
    out.varint(1);
    out.varint(folds.folds().items().size());
    for (Fold fold : folds.folds().items()) {
      write(fold);
    }
    out.varint(folds.ids().items().size());
    for (FoldedIds ids : folds.ids().items()) {
      out.fixed(ids.end());
      ids.blob().write(out, isWhole);
    }
    out.varint(folds.sealedEnd() == SessionSlice.NEVER ? 0 : 1);
    if (folds.sealedEnd() != SessionSlice.NEVER) {
      out.fixed(folds.sealedEnd());
    }
  }

  private void write(Fold fold) {
    out.fixed(fold.first());
    out.fixed(fold.last());
    out.varint(fold.isSilent() ? 1 : 0);
    out.varint(fold.events());
    out.fixed(fold.digest());
    out.fixed(fold.campaign());
    fold.blob().write(out, isWhole);
  }
}
