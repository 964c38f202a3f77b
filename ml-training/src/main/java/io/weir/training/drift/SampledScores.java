package io.weir.training.drift;

import io.weir.training.session.KeySample;
import io.weir.training.session.StoredScore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The scores of sessions until their sessions come. There are at most so many: of more, half of the
 * keys are dropped by their hash, and half again, so that memory has a bound and the sample does
 * not depend on the order.
 */
final class SampledScores {
  private final Map<String, StoredScore> scores = new HashMap<>();
  private final KeySample sample = new KeySample();
  private final int most;

  SampledScores(int most) {
    this.most = most;
  }

  void add(StoredScore score) {
    if (sample.isDrawn(score.sessionKey())) {
      scores.merge(
          score.sessionKey(),
          score,
          (one, other) -> one.revision() >= other.revision() ? one : other);
    }
    while (scores.size() > most) {
      sample.halve();
      scores.keySet().removeIf(key -> !sample.isDrawn(key));
    }
  }

  /**
   * Takes the score of that revision of a session; a session that was taken does not come again.
   */
  Optional<StoredScore> take(String key, int revision) {
    StoredScore score = scores.get(key);
    if (score == null || score.revision() != revision) {
      return Optional.empty();
    }
    scores.remove(key);
    return Optional.of(score);
  }

  /** The share of all sessions that are kept. */
  double share() {
    return sample.share();
  }
}
