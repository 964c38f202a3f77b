package io.weir.stream.session.sums;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.bytes.Hash64;
import java.util.Arrays;

/**
 * Counts distinct texts: exactly up to a number, as an estimate beyond. Keeps the smallest hashes;
 * the estimate follows from the place of the largest kept hash among all possible ones. The result
 * depends on the set of texts alone. See Bar-Yossef et al., "Counting distinct elements in a data
 * stream" (2002).
 */
public final class DistinctCount {
  /** Counts below are exact; above, the standard error is {@code 1 / sqrt(EXACT - 2)}, 1.1 %. */
  public static final int EXACT = 8_192;

  private static final double RANGE = 0x1p53;

  /** The smallest hashes in order, and behind them those that were added since. */
  private long[] hashes = new long[16];

  private int size;
  private int sorted;

  void add(String text) {
    add(Hash64.of(text));
  }

  void addAll(DistinctCount other) {
    for (int i = 0; i < other.size; i++) {
      add(other.hashes[i]);
    }
  }

  private void add(long hash) {
    if (sorted == EXACT && Long.compareUnsigned(hash, hashes[EXACT - 1]) >= 0) {
      return;
    }
    if (size == 2 * EXACT) {
      compact();
    }
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    hashes[size++] = hash;
  }

  int count() {
    compact();
    if (size < EXACT) {
      return size;
    }
    double share = ((hashes[EXACT - 1] >>> 11) + 1) / RANGE;
    return (int) Math.min(Integer.MAX_VALUE, Math.max(EXACT, Math.round((EXACT - 1) / share)));
  }

  private void compact() {
    if (size == sorted) {
      return;
    }
    // Flipping the sign bit makes the order of signed numbers that of unsigned ones.
    flip();
    Arrays.sort(hashes, 0, size);
    int kept = 0;
    for (int i = 0; i < size && kept < EXACT; i++) {
      if (kept == 0 || hashes[i] != hashes[kept - 1]) {
        hashes[kept++] = hashes[i];
      }
    }
    size = kept;
    sorted = kept;
    flip();
  }

  private void flip() {
    for (int i = 0; i < size; i++) {
      hashes[i] ^= Long.MIN_VALUE;
    }
  }

  void write(ByteWriter out) {
    compact();
    out.varint(size);
    for (int i = 0; i < size; i++) {
      out.fixed(hashes[i]);
    }
  }

  static DistinctCount read(ByteReader in) {
    var read = new DistinctCount();
    for (int left = in.varint(); left > 0; left--) {
      read.add(in.fixed());
    }
    read.compact();
    return read;
  }
}
