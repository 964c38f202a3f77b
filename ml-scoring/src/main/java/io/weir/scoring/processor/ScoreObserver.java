package io.weir.scoring.processor;

/** Counts the records of the stream: {@code read = scored + retracted + unreadable}. */
public interface ScoreObserver {
  void scored(double probability, long nanos);

  void retracted();

  void unreadable();
}
