package io.weir.training.drift;

import io.weir.training.session.StoredScore;
import java.util.function.Consumer;

/** Gives the newest score of each session of the range by the challenger. */
@FunctionalInterface
public interface ChallengerScores {
  /** There was no challenger. */
  ChallengerScores NONE = _ -> {};

  void each(Consumer<StoredScore> consumer);
}
