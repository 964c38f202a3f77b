package io.weir.stream.session;

/**
 * A stretch of a visitor's touches as bytes, with the texts and contexts they refer to: cheap to
 * keep, to store and to ask whether an id is known.
 */
sealed interface Frozen permits Archive, Chunk {
  /** What the touches weigh. */
  int weight();

  /** As {@link VisitorStateCodec} writes it. */
  byte[] body();

  default VisitorState opened() {
    return VisitorStateCodec.ofBody(body());
  }

  default boolean isKnown(long idHash) {
    return new ByteReader(body()).hasFixed(idHash);
  }

  default void addIds(IdFilter ids) {
    var in = new ByteReader(body());
    for (int left = in.varint(); left > 0; left--) {
      ids.add(in.fixed());
    }
  }
}
