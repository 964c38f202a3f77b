package io.weir.sink.write;

import java.time.Duration;

/** The rule that decides when to commit: at a size or an age, whichever comes first. */
public record RollPolicy(long bytes, Duration interval) {
  /** Commits the records of each poll at once. */
  public static final RollPolicy AT_ONCE = new RollPolicy(1, Duration.ofMillis(1));

  public RollPolicy {
    if (bytes < 1 || interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException(
          "size and interval must be more than zero: " + bytes + " bytes, " + interval);
    }
  }

  /**
   * Whether the pending bytes reach the size: then they are committed, and nothing more is read
   * before.
   */
  public boolean isFull(long pendingBytes) {
    return pendingBytes >= bytes;
  }

  /** {@code firstMillis} is when the first uncommitted record was taken. */
  public boolean isDue(long pendingBytes, long firstMillis, long nowMillis) {
    return isFull(pendingBytes) || nowMillis - firstMillis >= interval.toMillis();
  }
}
