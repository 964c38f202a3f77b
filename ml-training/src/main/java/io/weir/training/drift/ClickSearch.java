package io.weir.training.drift;

import io.weir.lake.table.LakeTables;
import io.weir.model.feature.ClickFeatures;
import io.weir.model.feature.ClickRates;
import io.weir.model.feature.VisitorEvent;
import io.weir.model.feature.VisitorPast;
import io.weir.training.click.StoredClick;
import io.weir.training.click.VisitorHistories;
import io.weir.training.session.KeySample;
import io.weir.training.session.LakeReader;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.ModelVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares the ad impressions that models have scored with what the models were trained on, and the
 * scores with the clicks. Features are computed as in the training, from the events of the lake.
 */
public final class ClickSearch {
  /** A score takes 200 bytes, as an event does. */
  private static final int MOST_SCORES = 500_000;

  private static final int MOST_EVENTS = 1_000_000;

  /** What visitors did so long before the range is part of their past. */
  private static final Duration LOOK_BACK = Duration.ofDays(7);

  /** A click at the end of the range may come so much later. */
  private static final Duration LOOK_AHEAD = Duration.ofMinutes(31);

  private final Models models;
  private final int mostScores;
  private final int mostEvents;
  private final KeySample sample = new KeySample();
  private final Map<String, StoredClick> scores = new HashMap<>();
  private final Map<ModelVersion, RecentScores> recent = new LinkedHashMap<>();

  public ClickSearch(Models models) {
    this(models, MOST_SCORES, MOST_EVENTS);
  }

  ClickSearch(Models models, int mostScores, int mostEvents) {
    this.models = models;
    this.mostScores = mostScores;
    this.mostEvents = mostEvents;
  }

  /**
   * The models by their names.
   *
   * @param trained what their training left
   * @param rates the shares of clicks that they were served with
   */
  public record Models(
      Function<ModelVersion, TrainedModel> trained, Function<ModelVersion, ClickRates> rates) {}

  /** Compares the impressions of a range. */
  public DriftFound run(LakeReader lake, Range range) {
    lake.rows(
        LakeTables.AD_SCORES,
        "event_time",
        range,
        StoredClick.COLUMNS,
        row -> add(StoredClick.of(row)));
    if (!scores.isEmpty()) {
      var histories = new VisitorHistories(sample, mostEvents);
      histories.read(lake, widened(range));
      var rates = new HashMap<ModelVersion, ClickRates>();
      histories.show((id, past, impression, isClicked) -> {
        StoredClick score = scores.remove(id);
        if (score != null) {
          add(
              score,
              vector(past, impression, rates.computeIfAbsent(score.model(), models.rates)),
              isClicked);
        }
      });
    }
    return DriftFound.of(
        DriftFound.Subject.IMPRESSIONS, recent.values(), List.of(), sample.share());
  }

  private static Range widened(Range range) {
    return new Range(
        range.from().map(time -> time.minus(LOOK_BACK)),
        range.to().map(time -> time.plus(LOOK_AHEAD)),
        Optional.empty());
  }

  private static float[] vector(VisitorPast past, VisitorEvent impression, ClickRates rates) {
    return ClickFeatures.of(past, impression, rates.of(impression));
  }

  private void add(StoredClick score) {
    if (sample.isDrawn(score.visitor())) {
      scores.merge(
          score.event(), score, (one, other) -> one.scoredAt() >= other.scoredAt() ? one : other);
    }
    while (scores.size() > mostScores) {
      sample.halve();
      scores.values().removeIf(each -> !sample.isDrawn(each.visitor()));
    }
  }

  private void add(StoredClick score, float[] vector, boolean isClicked) {
    recent
        .computeIfAbsent(score.model(), name -> new RecentScores(models.trained.apply(name)))
        .add(vector, score.score(), isClicked);
  }
}
