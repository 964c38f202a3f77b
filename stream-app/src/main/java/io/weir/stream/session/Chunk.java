package io.weir.stream.session;

/**
 * Touches of sessions that may still go on, frozen because newer ones follow: a visitor with many
 * events costs little more to keep, to read and to write than one with few.
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing
record Chunk(int weight, byte[] body) implements Frozen {

  static Chunk read(ByteReader in) {
    return new Chunk(in.varint(), in.bytes());
  }

  void write(ByteWriter out) {
    out.varint(weight);
    out.bytes(body);
  }
}
