package io.weir.sink.write;

/**
 * Ranks of a session's records: a higher revision has a higher rank, and a retraction ranks above a
 * record of the same revision.
 */
final class Ranks {
  private Ranks() {}

  static long of(int revision, boolean isRetracted) {
    return 2L * revision + (isRetracted ? 1 : 0);
  }

  static int revision(long rank) {
    return (int) (rank >> 1);
  }

  static boolean isRetracted(long rank) {
    return (rank & 1) == 1;
  }
}
