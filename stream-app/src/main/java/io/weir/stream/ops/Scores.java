package io.weir.stream.ops;

import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest score of the visitors that were scored last, and the newest return score: bounded,
 * gone with the process.
 */
public final class Scores {
  private static final float LOAD = 0.75f;

  private final Map<String, KnownScore> byVisitor;
  private final Map<String, KnownScore> returns;

  /** The part of a score that is kept. */
  public record KnownScore(
      String sessionKey,
      long sessionStart,
      double value,
      String model,
      long scoredAt,
      List<ScoreReason> reasons) {

    static KnownScore of(Score score) {
      return new KnownScore(
          score.getSessionKey(),
          score.getSessionStart(),
          score.getConversionScore(),
          score.getModelName() + " " + score.getModelVersion(),
          score.getScoredAt(),
          ScoreReason.of(score));
    }

    static KnownScore of(ReturnScore score) {
      return new KnownScore(
          score.getSessionKey(),
          score.getSessionStart(),
          score.getReturnScore(),
          score.getModelName() + " " + score.getModelVersion(),
          score.getScoredAt(),
          ScoreReason.of(score));
    }
  }

  public Scores(int visitors) {
    this.byVisitor = bounded(visitors);
    this.returns = bounded(visitors);
  }

  private static Map<String, KnownScore> bounded(int visitors) {
    return new LinkedHashMap<>(16, LOAD, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, KnownScore> eldest) {
        return size() > visitors;
      }
    };
  }

  synchronized void add(Score score) {
    add(byVisitor, score.getVisitorId(), KnownScore.of(score), score.getIsRetracted());
  }

  synchronized void add(ReturnScore score) {
    add(returns, score.getVisitorId(), KnownScore.of(score), score.getIsRetracted());
  }

  /** The newest session's score wins; a retracted session takes its score along. */
  private static void add(
      Map<String, KnownScore> scores, String visitor, KnownScore score, boolean isRetracted) {
    KnownScore known = scores.get(visitor);
    if (isRetracted) {
      if (known != null && known.sessionKey().equals(score.sessionKey())) {
        scores.remove(visitor);
      }
    } else if (known == null || known.sessionStart() <= score.sessionStart()) {
      scores.put(visitor, score);
    }
  }

  public synchronized Optional<KnownScore> of(String visitor) {
    return Optional.ofNullable(byVisitor.get(visitor));
  }

  /** The chance that the visitor comes back, as of the session that was scored last. */
  public synchronized Optional<KnownScore> ofReturn(String visitor) {
    return Optional.ofNullable(returns.get(visitor));
  }
}
