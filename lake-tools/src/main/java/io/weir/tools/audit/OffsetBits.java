package io.weir.tools.audit;

import java.util.BitSet;
import java.util.TreeMap;

/** A set of offsets with a bit each, for offsets with many gaps. */
final class OffsetBits {
  private static final int CHUNK_BITS = 20;
  private static final long CHUNK = 1L << CHUNK_BITS;

  private final TreeMap<Long, BitSet> chunks = new TreeMap<>();

  /** Adds an offset. Returns false if the set had it. */
  boolean add(long offset) {
    BitSet chunk = chunks.computeIfAbsent(offset >> CHUNK_BITS, _ -> new BitSet());
    int bit = (int) (offset & (CHUNK - 1));
    if (chunk.get(bit)) {
      return false;
    }
    chunk.set(bit);
    return true;
  }

  boolean contains(long offset) {
    BitSet chunk = chunks.get(offset >> CHUNK_BITS);
    return chunk != null && chunk.get((int) (offset & (CHUNK - 1)));
  }

  /** The least offset; {@link Long#MAX_VALUE} if there is none. */
  long first() {
    return chunks.isEmpty()
        ? Long.MAX_VALUE
        : (chunks.firstKey() << CHUNK_BITS) + chunks.firstEntry().getValue().nextSetBit(0);
  }
}
