package io.weir.ingest.read;

import java.security.MessageDigest;
import java.util.Arrays;

/** Reads content in blocks, without looking for records. */
public final class Blocks {
  private final Content content;
  private final byte[] block = new byte[1 << 16];
  private int position;
  private int end;

  public Blocks(Content content) {
    this.content = content;
  }

  /** The first bytes, at most {@code length} of them. */
  public byte[] first(int length) {
    var first = new byte[length];
    int filled = 0;
    while (filled < length && !isAtEnd()) {
      int taken = Math.min(length - filled, end - position);
      System.arraycopy(block, position, first, filled, taken);
      filled += taken;
      position += taken;
    }
    return Arrays.copyOf(first, filled);
  }

  /** Feeds {@code length} bytes, or all that are left, and returns their number. */
  public long feed(MessageDigest digest, long length) {
    long fed = 0;
    while (fed < length && !isAtEnd()) {
      int taken = (int) Math.min(length - fed, end - position);
      digest.update(block, position, taken);
      fed += taken;
      position += taken;
    }
    return fed;
  }

  public boolean isAtEnd() {
    if (position == end) {
      position = 0;
      end = content.read(block);
    }
    return end == 0;
  }
}
