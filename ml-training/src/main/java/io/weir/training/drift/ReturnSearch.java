package io.weir.training.drift;

import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import io.weir.model.feature.ReturnFeatures;
import io.weir.training.returning.ReturnHistories;
import io.weir.training.returning.ReturnSet;
import io.weir.training.returning.StoredReturn;
import io.weir.training.session.KeySample;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.ModelVersion;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the sessions that return models have scored with what the models were trained on, and
 * the scores with who came back. That is known eight days after a session: so the sessions of the
 * range are compared, and the scores of those that began up to eight days before it are judged,
 * too.
 */
public final class ReturnSearch {
  /** A score takes 250 bytes. */
  private static final int MOST_SCORES = 500_000;

  private static final int MOST_SESSIONS = 1_000_000;

  private final Function<ModelVersion, TrainedModel> models;
  private final int mostScores;
  private final int mostSessions;
  private final KeySample sample = new KeySample();
  private final Map<String, StoredReturn> scores = new HashMap<>();
  private final Map<ModelVersion, RecentScores> recent = new LinkedHashMap<>();

  /** A search that knows the models by their names. */
  public ReturnSearch(Function<ModelVersion, TrainedModel> models) {
    this(models, MOST_SCORES, MOST_SESSIONS);
  }

  ReturnSearch(Function<ModelVersion, TrainedModel> models, int mostScores, int mostSessions) {
    this.models = models;
    this.mostScores = mostScores;
    this.mostSessions = mostSessions;
  }

  /** Compares the sessions of a range. */
  public DriftFound run(LakeReader lake, Instant from, Instant to) {
    Range judged = range(from.minus(ReturnSet.DELAY), to);
    lake.rows(
        LakeTables.RETURN_SCORES,
        "session_start",
        judged,
        StoredReturn.COLUMNS,
        row -> add(StoredReturn.of(row)));
    if (!scores.isEmpty()) {
      var visitors =
          scores.values().stream().map(StoredReturn::visitor).collect(Collectors.toSet());
      new ReturnHistories(visitors, sample, mostSessions).show(lake, judged, this::judge);
      ReturnHistories.sessions(lake, range(from, to), this::compare);
    }
    return DriftFound.of(DriftFound.Subject.RETURNS, recent.values(), List.of(), sample.share());
  }

  private static Range range(Instant from, Instant to) {
    return new Range(Optional.of(from), Optional.of(to), Optional.empty());
  }

  private void add(StoredReturn score) {
    if (sample.isDrawn(score.visitor())) {
      scores.merge(
          score.sessionKey(),
          score,
          (one, other) -> one.revision() >= other.revision() ? one : other);
    }
    while (scores.size() > mostScores) {
      sample.halve();
      scores.values().removeIf(each -> !sample.isDrawn(each.visitor()));
    }
  }

  private void judge(String key, int revision, boolean hasReturned) {
    score(key, revision).ifPresent(score -> of(score).judge(score.score(), hasReturned));
  }

  private void compare(Session session) {
    if (session.getIsBot() || !sample.isDrawn(session.getVisitorId())) {
      return;
    }
    Optional<StoredReturn> found = score(session.getSessionKey(), session.getRevision());
    found.ifPresent(score -> {
      scores.remove(score.sessionKey()); // It does not come again.
      of(score).compare(ReturnFeatures.of(session), score.score());
    });
  }

  /** The score of that revision of a session. */
  private Optional<StoredReturn> score(String key, int revision) {
    return Optional.ofNullable(scores.get(key)).filter(score -> score.revision() == revision);
  }

  private RecentScores of(StoredReturn score) {
    return recent.computeIfAbsent(score.model(), name -> new RecentScores(models.apply(name)));
  }
}
