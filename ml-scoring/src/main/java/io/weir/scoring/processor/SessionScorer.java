package io.weir.scoring.processor;

import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import io.weir.model.feature.SessionFeatures;
import io.weir.scoring.reason.TopReasons;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.Registry;
import java.time.Clock;
import java.util.List;

/** Scores a session with the model in use. A retracted session has a retracted score. */
public final class SessionScorer {
  private final Registry registry;
  private final Clock clock;
  private final int reasons;

  /**
   * @param reasons how many reasons a score has at most; computing them costs many times the score
   */
  public SessionScorer(Registry registry, Clock clock, int reasons) {
    this.registry = registry;
    this.clock = clock;
    this.reasons = reasons;
  }

  /** Fails if there is no model: the session must be read again when there is one. */
  public Score score(Session session) {
    LoadedModel model = registry.current().orElseThrow(SessionScorer::notReady);
    boolean isGone = session.getIsRetracted();
    float[] vector = isGone ? new float[0] : vector(model, session);
    double probability = isGone ? 0 : model.model().score(vector);
    return new Score(
        session.getSessionKey(),
        session.getRevision(),
        session.getIsRetracted(),
        session.getVisitorId(),
        session.getStartTime(),
        probability,
        model.name(),
        model.version(),
        clock.millis(),
        isGone ? List.of() : TopReasons.of(model, vector, reasons));
  }

  /** The vector of a session that is over. */
  public static float[] vector(LoadedModel model, Session session) {
    return SessionFeatures.of(session, model.sessionRates().of(session)).values();
  }

  /**
   * The vector of a session that a visitor has open: it is over for the model once it has bought.
   */
  public static float[] openVector(LoadedModel model, Session session) {
    return session.getIsConverted()
        ? vector(model, session)
        : SessionFeatures.ofOpen(session, model.sessionRates().of(session)).values();
  }

  private static IllegalStateException notReady() {
    return new IllegalStateException("sessions arrive before there is a model");
  }
}
