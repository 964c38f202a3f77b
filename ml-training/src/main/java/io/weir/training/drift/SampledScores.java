package io.weir.training.drift;

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
  private final int most;
  private int halvings;

  SampledScores(int most) {
    this.most = most;
  }

  void add(StoredScore score) {
    if (isDrawn(score.sessionKey())) {
      scores.merge(
          score.sessionKey(),
          score,
          (one, other) -> one.revision() >= other.revision() ? one : other);
    }
    while (scores.size() > most) {
      halvings++;
      scores.keySet().removeIf(key -> !isDrawn(key));
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
    return Math.scalb(1.0, -halvings);
  }

  /** Whether the hash ends with so many zeros. */
  private boolean isDrawn(String key) {
    return Long.numberOfTrailingZeros(mixed(key)) >= halvings;
  }

  /** FNV-1a over the characters, then the finaliser of SplitMix64: each bit depends on each. */
  private static long mixed(String key) {
    long hash = 0xcbf29ce484222325L;
    for (int at = 0; at < key.length(); at++) {
      hash = (hash ^ key.charAt(at)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
