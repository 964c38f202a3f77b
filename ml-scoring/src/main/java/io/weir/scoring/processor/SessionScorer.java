package io.weir.scoring.processor;

import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import io.weir.model.feature.SessionFeatures;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.Registry;
import java.time.Clock;

/** Scores a session with the model in use. A retracted session has a retracted score. */
public final class SessionScorer {
  private final Registry registry;
  private final Clock clock;

  public SessionScorer(Registry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  public Score score(Session session) {
    LoadedModel model = registry.current().orElseThrow(SessionScorer::notReady);
    double probability =
        session.getIsRetracted() ? 0 : model.model().score(SessionFeatures.of(session).values());
    return new Score(
        session.getSessionKey(),
        session.getRevision(),
        session.getIsRetracted(),
        session.getVisitorId(),
        session.getStartTime(),
        probability,
        model.name(),
        model.version(),
        clock.millis());
  }

  private static IllegalStateException notReady() {
    return new IllegalStateException("sessions arrive before there is a model");
  }
}
