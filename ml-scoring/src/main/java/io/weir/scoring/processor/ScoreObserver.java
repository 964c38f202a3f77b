package io.weir.scoring.processor;

/** Counts what the stream does: {@code read = scored + retracted + unreadable}. */
public interface ScoreObserver {
  void scored(double probability, long nanos);

  void retracted();

  void unreadable();
}
