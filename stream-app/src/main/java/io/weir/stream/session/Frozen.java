package io.weir.stream.session;

/** Something of a visitor's past as bytes: cheap to keep and to store. */
sealed interface Frozen permits Archive, Chunk, FoldedIds, Fold {
  Blob blob();
}
