package io.weir.sink;

/**
 * How many records a poll may bring so that they fit the heap: a consumer counts records, and what
 * was compressed well is a thousand times as large when it is read.
 */
final class PollSize {
  /** Of raw records, which anyone writes: the broker bounds them compressed only. */
  private static final long RAW_BYTES = 8 << 20;

  /** Above what stream-app and ml-scoring write. */
  private static final long OWN_BYTES = 256 << 10;

  private static final int FEWEST = 4;
  private static final int MOST = 2_000;

  private PollSize() {}

  /** Of the one table that takes raw records. */
  static int ofRaw(long heap) {
    return Math.clamp(heap / 4 / RAW_BYTES, FEWEST, MOST);
  }

  /** Of each of the others. */
  static int ofOwn(long heap) {
    return Math.clamp(heap / 8 / OWN_BYTES, FEWEST, MOST);
  }
}
