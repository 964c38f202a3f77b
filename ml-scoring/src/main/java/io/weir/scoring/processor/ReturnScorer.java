package io.weir.scoring.processor;

import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Session;
import io.weir.model.feature.ReturnFeatures;
import io.weir.scoring.reason.TopReasons;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.Registry;
import java.time.Clock;
import java.util.List;

/**
 * Scores a closed session with the return model. A retracted session has a retracted score, so that
 * consumers forget the one they have.
 */
public final class ReturnScorer {
  private final Registry registry;
  private final Clock clock;
  private final int reasons;

  /**
   * A scorer.
   *
   * @param reasons how many reasons a score has at most
   */
  public ReturnScorer(Registry registry, Clock clock, int reasons) {
    this.registry = registry;
    this.clock = clock;
    this.reasons = reasons;
  }

  /** Fails if there is no model: the session must be read again when there is one. */
  public ReturnScore score(Session session) {
    LoadedModel model = registry.current().orElseThrow(ReturnScorer::notReady);
    boolean isGone = session.getIsRetracted();
    float[] vector = isGone ? new float[0] : ReturnFeatures.of(session);
    double probability = isGone ? 0 : model.model().score(vector);
    return new ReturnScore(
        session.getSessionKey(),
        session.getRevision(),
        isGone,
        session.getVisitorId(),
        session.getStartTime(),
        session.getEndTime(),
        probability,
        model.name(),
        model.version(),
        clock.millis(),
        isGone ? List.of() : TopReasons.of(model, vector, reasons));
  }

  private static IllegalStateException notReady() {
    return new IllegalStateException("sessions arrive before there is a return model");
  }
}
