package io.weir.stream.session;

/**
 * Touches of sessions that may still go on, frozen because newer ones follow: a visitor with many
 * events costs little more to keep, to read and to write than one with few.
 */
record Chunk(Blob blob) implements Frozen {
  static Chunk of(Stretch touches) {
    return new Chunk(new Blob(StretchCodec.bytes(touches)));
  }

  /** How many touches there are. */
  int count() {
    return new ByteReader(blob.bytes()).varint();
  }
}
