package io.weir.training.session;

import io.weir.training.table.TextHash;
import java.util.Optional;

/**
 * The number of prefixes of each session that become rows, too.
 *
 * @param perSession 0: none
 * @param seed of the hash that chooses them
 * @param eventsSnapshot of the table of events; empty: the newest one
 */
public record CutPlan(int perSession, long seed, Optional<Long> eventsSnapshot) {
  /** Whole sessions only. */
  public static final CutPlan NONE = new CutPlan(0, 0, Optional.empty());

  /** So many serve open sessions nearly as well as more do. */
  public static final int USUAL = 1;

  /** Each takes the memory of a row. */
  public static final int MOST = 20;

  private static final long STRIDE = 0x9e3779b97f4a7c15L;

  /**
   * The number of events that a prefix has: each from 1 to all is equally likely, whatever the
   * outcome.
   *
   * @param number of the prefix, from 0
   * @param events of the session up to the first purchase, or all of them where there is none
   */
  int length(String key, int number, int events) {
    long hash = TextHash.of(key, seed ^ ((number + 1) * STRIDE));
    return 1 + (int) Long.remainderUnsigned(hash, events);
  }
}
