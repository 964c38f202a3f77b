package io.weir.training;

import io.weir.contract.avro.ScoreReason;
import io.weir.contract.avro.Session;
import io.weir.model.feature.SessionFeatures;
import io.weir.scoring.reason.TopReasons;
import io.weir.scoring.registry.LoadedModel;
import io.weir.training.session.StoredScore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A stored score beside what the same code computes from the stored session and the same model.
 *
 * @param score computed now
 * @param reasons all features that moved it, largest first; empty if the model cannot tell
 * @param base the log-odds to which the reasons are added; empty as the reasons
 * @param hasSameReasons whether the stored reasons are the first of these
 */
record Explanation(
    StoredScore stored,
    double score,
    List<ScoreReason> reasons,
    Optional<Double> base,
    boolean hasSameReasons) {

  static Explanation of(StoredScore stored, Session session, LoadedModel model) {
    float[] vector = SessionFeatures.of(session, model.sessionRates().of(session)).values();
    List<ScoreReason> reasons = TopReasons.of(model, vector, Integer.MAX_VALUE);
    return new Explanation(
        stored,
        model.model().score(vector),
        reasons,
        model.contributions().map(each -> each.of(vector)[vector.length]),
        TopReasons.of(model, vector, stored.reasons().size()).equals(stored.reasons()));
  }

  /** Whether the score is the stored one, bit for bit. */
  boolean hasSameScore() {
    return Double.doubleToLongBits(score) == Double.doubleToLongBits(stored.score());
  }

  boolean isReproduced() {
    return hasSameScore() && hasSameReasons;
  }

  /** The verdict in one line. */
  String verdict() {
    if (!hasSameScore()) {
      return "NOT reproduced: the stored score is " + stored.score() + ", now it is " + score;
    }
    if (!hasSameReasons) {
      return "NOT reproduced: the score is the same bit for bit, the stored reasons differ";
    }
    String reasonsToo =
        stored.reasons().isEmpty() ? "" : ", and its " + stored.reasons().size() + " reasons";
    return "reproduced: the same score bit for bit" + reasonsToo;
  }

  static String line(ScoreReason reason) {
    String value = reason.getValue() == null ? "unknown" : reason.getValue();
    return String.format(
        Locale.ROOT, "  %+9.5f  %s = %s", reason.getContribution(), reason.getFeature(), value);
  }
}
