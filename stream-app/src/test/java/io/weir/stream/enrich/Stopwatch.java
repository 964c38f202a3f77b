package io.weir.stream.enrich;

/** Times of work that is done again and again. */
final class Stopwatch {
  private static final int ROUNDS = 200;

  private Stopwatch() {}

  /** The time of the fastest of many rounds: other work of the machine only makes rounds slower. */
  static double fastestMicros(Runnable work) {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      work.run();
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    return fastest / 1_000.0;
  }
}
