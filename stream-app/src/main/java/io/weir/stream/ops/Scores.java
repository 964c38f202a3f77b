package io.weir.stream.ops;

import io.weir.contract.avro.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest score of the visitors that were scored last: bounded, gone with the process. */
public final class Scores {
  private static final float LOAD = 0.75f;

  private final Map<String, KnownScore> byVisitor;

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
  }

  public Scores(int visitors) {
    this.byVisitor =
        new LinkedHashMap<>(16, LOAD, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, KnownScore> eldest) {
            return size() > visitors;
          }
        };
  }

  /** The newest session's score wins; a retracted session takes its score along. */
  synchronized void add(Score score) {
    String visitor = score.getVisitorId();
    KnownScore known = byVisitor.get(visitor);
    if (score.getIsRetracted()) {
      if (known != null && known.sessionKey().equals(score.getSessionKey())) {
        byVisitor.remove(visitor);
      }
    } else if (known == null || known.sessionStart() <= score.getSessionStart()) {
      byVisitor.put(visitor, KnownScore.of(score));
    }
  }

  public synchronized Optional<KnownScore> of(String visitor) {
    return Optional.ofNullable(byVisitor.get(visitor));
  }
}
