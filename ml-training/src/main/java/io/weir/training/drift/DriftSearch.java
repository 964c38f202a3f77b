package io.weir.training.drift;

import io.weir.contract.avro.Session;
import io.weir.model.feature.SessionRates;
import io.weir.training.drift.PairedScores.Pair;
import io.weir.training.session.LabelledSession;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.ModelVersion;
import io.weir.training.session.StoredScore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Compares the sessions that models have scored with what the models were trained on. It reads the
 * same sessions as the training does: no bots, and none without an event before its outcome.
 */
public final class DriftSearch {
  /** A score takes 200 bytes until its session comes. */
  private static final int MOST_SESSIONS = 500_000;

  private final Function<ModelVersion, TrainedModel> models;
  private final SampledScores scores;
  private final SampledScores challengers;
  private final Map<ModelVersion, RecentScores> recent = new LinkedHashMap<>();
  private final Map<Pair, PairedScores> paired = new LinkedHashMap<>();

  /** A search that knows the models by their names. */
  public DriftSearch(Function<ModelVersion, TrainedModel> models) {
    this(models, MOST_SESSIONS);
  }

  DriftSearch(Function<ModelVersion, TrainedModel> models, int mostSessions) {
    this.models = models;
    this.scores = new SampledScores(mostSessions);
    this.challengers = new SampledScores(mostSessions);
  }

  /** Compares the sessions of a range; of the challenger's scores, those of the same range. */
  public DriftFound run(LakeReader lake, Range range, ChallengerScores besides) {
    lake.scores(range, scores::add);
    besides.each(challengers::add);
    double share = scores.share();
    lake.sessions(range, this::add);
    return DriftFound.of(DriftFound.Subject.SESSIONS, recent.values(), paired.values(), share);
  }

  private void add(Session session) {
    scores
        .take(session.getSessionKey(), session.getRevision())
        .ifPresent(score -> add(session, score));
  }

  private void add(Session session, StoredScore score) {
    if (!LabelledSession.of(session, SessionRates.NONE).isUsable()) {
      return;
    }
    RecentScores of =
        recent.computeIfAbsent(score.model(), name -> new RecentScores(models.apply(name)));
    LabelledSession labelled = LabelledSession.of(session, of.rates());
    of.add(labelled.vector(), score.score(), labelled.isConverted());
    challengers
        .take(session.getSessionKey(), session.getRevision())
        .filter(other -> !other.model().equals(score.model()))
        .ifPresent(other ->
            paired
                .computeIfAbsent(new Pair(score.model(), other.model()), PairedScores::new)
                .add(score.score(), other.score(), labelled.isConverted()));
  }
}
