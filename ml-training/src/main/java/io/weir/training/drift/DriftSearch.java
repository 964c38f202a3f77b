package io.weir.training.drift;

import io.weir.contract.avro.Session;
import io.weir.model.feature.SessionRates;
import io.weir.training.session.LabelledSession;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.ModelVersion;
import io.weir.training.session.StoredScore;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
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
  private final Map<ModelVersion, RecentScores> recent = new LinkedHashMap<>();

  /** A search that knows the models by their names. */
  public DriftSearch(Function<ModelVersion, TrainedModel> models) {
    this(models, MOST_SESSIONS);
  }

  DriftSearch(Function<ModelVersion, TrainedModel> models, int mostSessions) {
    this.models = models;
    this.scores = new SampledScores(mostSessions);
  }

  /**
   * The findings.
   *
   * @param watches one for each model that scored, the one with most sessions first
   * @param share of all sessions that were compared
   */
  public record Found(List<ModelWatch> watches, double share) {

    public Found {
      watches = List.copyOf(watches);
    }
  }

  public Found run(LakeReader lake, Range range) {
    lake.scores(range, scores::add);
    double share = scores.share();
    lake.sessions(range, this::add);
    List<ModelWatch> watches =
        recent.values().stream()
            .map(RecentScores::watch)
            .sorted(Comparator.comparingInt(each -> -each.quality().rows()))
            .toList();
    return new Found(watches, share);
  }

  private void add(Session session) {
    scores
        .take(session.getSessionKey(), session.getRevision())
        .ifPresent(score -> add(session, score));
  }

  private void add(Session session, StoredScore score) {
    if (LabelledSession.of(session, SessionRates.NONE).isUsable()) {
      RecentScores of =
          recent.computeIfAbsent(score.model(), name -> new RecentScores(models.apply(name)));
      LabelledSession labelled = LabelledSession.of(session, of.rates());
      of.add(labelled.vector(), score.score(), labelled.isConverted());
    }
  }
}
