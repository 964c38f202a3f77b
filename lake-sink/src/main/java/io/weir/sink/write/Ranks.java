package io.weir.sink.write;

/**
 * Which of two records of a session counts: the higher revision, and of the same revision the
 * retraction.
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
