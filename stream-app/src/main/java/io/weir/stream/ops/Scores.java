package io.weir.stream.ops;

import io.weir.contract.avro.Score;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The newest score of the visitors that were scored last: bounded, gone with the process. */
public final class Scores {
  private static final float LOAD = 0.75f;

  private final Map<String, Scored> byVisitor;

  /** What is kept of a score. */
  public record Scored(
      String sessionKey, long sessionStart, double value, String model, long scoredAt) {

    static Scored of(Score score) {
      return new Scored(
          score.getSessionKey(),
          score.getSessionStart(),
          score.getConversionScore(),
          score.getModelName() + " " + score.getModelVersion(),
          score.getScoredAt());
    }
  }

  public Scores(int visitors) {
    this.byVisitor =
        new LinkedHashMap<>(16, LOAD, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Scored> eldest) {
            return size() > visitors;
          }
        };
  }

  /** The newest session's score wins; a retracted session takes its score along. */
  synchronized void add(Score score) {
    String visitor = score.getVisitorId();
    Scored known = byVisitor.get(visitor);
    if (score.getIsRetracted()) {
      if (known != null && known.sessionKey().equals(score.getSessionKey())) {
        byVisitor.remove(visitor);
      }
    } else if (known == null || known.sessionStart() <= score.getSessionStart()) {
      byVisitor.put(visitor, Scored.of(score));
    }
  }

  public synchronized Optional<Scored> of(String visitor) {
    return Optional.ofNullable(byVisitor.get(visitor));
  }
}
