package io.weir.sink.write;

import java.time.Duration;

/** The rule for a commit: at a size, or at an age, whichever comes first. */
public record RollPolicy(long bytes, Duration interval) {
  /** What one poll gave is one commit. */
  public static final RollPolicy AT_ONCE = new RollPolicy(1, Duration.ofMillis(1));

  public RollPolicy {
    if (bytes < 1 || interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("rolls never: " + bytes + " bytes, " + interval);
    }
  }

  /** So much is not kept open any longer, and nothing more is added to it. */
  public boolean isFull(long pendingBytes) {
    return pendingBytes >= bytes;
  }

  /** {@code firstMillis} is when the first uncommitted record was taken. */
  public boolean isDue(long pendingBytes, long firstMillis, long nowMillis) {
    return isFull(pendingBytes) || nowMillis - firstMillis >= interval.toMillis();
  }
}
