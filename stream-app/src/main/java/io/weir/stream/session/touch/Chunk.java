package io.weir.stream.session.touch;

import io.weir.stream.session.bytes.Blob;
import io.weir.stream.session.bytes.ByteReader;

/**
 * A frozen run of touches whose session may still go on. Newer touches follow it. Chunks make a
 * visitor with many events cost little more to keep, to read and to write than one with few.
 */
public record Chunk(Blob blob) implements FrozenRun {
  static Chunk of(TouchRun run) {
    return new Chunk(new Blob(TouchRunCodec.bytes(run)));
  }

  /** The number of touches. */
  int count() {
    return new ByteReader(blob.bytes()).varint();
  }
}
