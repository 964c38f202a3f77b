package io.weir.scoring.processor;

/** Counts ad impressions: {@code scored + bots}; and events that cannot be read. */
public interface ImpressionObserver {
  void scored(double probability);

  /** An impression of a bot by its agent has no score. */
  void bot();

  void unreadableEvent();
}
