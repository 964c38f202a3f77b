package io.weir.stream.session;

import org.jspecify.annotations.Nullable;

/**
 * Writes what is frozen of a visitor into the visitor's own record.
 *
 * @param isWhole whether the bytes of parts are written as well
 */
record FrozenWriter(ByteWriter out, boolean isWhole) {
  void write(VisitorContents contents) {
    out.varint(contents.archives().items().size());
    for (Archive archive : contents.archives().items()) {
      out.varint(archive.number());
      out.fixed(archive.lastStart());
      out.fixed(archive.end());
      out.fixed(archive.lastEnd());
      archive.blob().write(out, isWhole);
    }
    out.varint(contents.chunks().items().size());
    for (Chunk chunk : contents.chunks().items()) {
      chunk.blob().write(out, isWhole);
    }
    write(contents.folding());
  }

  private void write(@Nullable Folding folding) {
    if (folding == null) {
      out.varint(0);
      return;
    }
    out.varint(1);
    out.varint(folding.folds().items().size());
    for (Fold fold : folding.folds().items()) {
      write(fold);
    }
    out.varint(folding.ids().items().size());
    for (FoldedIds ids : folding.ids().items()) {
      out.fixed(ids.end());
      ids.blob().write(out, isWhole);
    }
    out.varint(folding.sealedEnd() == Slice.NEVER ? 0 : 1);
    if (folding.sealedEnd() != Slice.NEVER) {
      out.fixed(folding.sealedEnd());
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
