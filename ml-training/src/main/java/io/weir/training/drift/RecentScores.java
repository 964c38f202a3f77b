package io.weir.training.drift;

import io.weir.model.feature.SessionRates;
import io.weir.training.quality.BinaryQuality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one model has scored: features and scores, and scores and outcomes. Outcomes that are known
 * late are those of other rows than the features.
 */
final class RecentScores {
  private static final int FIRST_CAPACITY = 64;

  private final TrainedModel model;
  private final List<ColumnCounts> columns = new ArrayList<>();
  private final ColumnCounts histogram = TrainingSnapshot.scoreCounts();
  private double[] scores = new double[FIRST_CAPACITY];
  private boolean[] outcomes = new boolean[FIRST_CAPACITY];
  private int size;
  private double sum;
  private int compared;

  RecentScores(TrainedModel model) {
    this.model = model;
    if (model.snapshot() != null) {
      model.snapshot().columns().forEach(each -> columns.add(new ColumnCounts(each.column())));
    }
  }

  /** The rates that the features of the model need. */
  SessionRates rates() {
    return model.rates();
  }

  /** Adds a row whose outcome is known. */
  void add(float[] vector, double score, boolean outcome) {
    compare(vector, score);
    judge(score, outcome);
  }

  /** Adds a row to those that are compared with the training data. */
  void compare(float[] vector, double score) {
    int place = 0;
    for (ColumnCounts column : columns) {
      column.add(vector, place);
      place += column.width();
    }
    histogram.add(new float[] {(float) score}, 0);
    sum += score;
    compared++;
  }

  /** Adds a row to those that say how good the scores are. */
  void judge(double score, boolean outcome) {
    if (size == scores.length) {
      scores = Arrays.copyOf(scores, 2 * size);
      outcomes = Arrays.copyOf(outcomes, 2 * size);
    }
    scores[size] = score;
    outcomes[size++] = outcome;
  }

  /** What was found; at least one row was added. */
  ModelWatch watch() {
    double[] ofAll = Arrays.copyOf(scores, size);
    boolean[] became = Arrays.copyOf(outcomes, size);
    int positives = 0;
    for (boolean outcome : became) {
      positives += outcome ? 1 : 0;
    }
    var quality = BinaryQuality.of(ofAll, became, (double) positives / size);
    double mean = Arrays.stream(ofAll).average().orElse(sum / compared);
    return new ModelWatch(model, compared, quality, mean, drifts());
  }

  private List<FeatureDrift> drifts() {
    TrainingSnapshot snapshot = model.snapshot();
    if (snapshot == null || compared == 0) {
      return List.of();
    }
    var drifts = new ArrayList<FeatureDrift>();
    drifts.add(FeatureDrift.between(snapshot.scores(), histogram.shape()));
    for (int at = 0; at < columns.size(); at++) {
      drifts.add(FeatureDrift.between(snapshot.columns().get(at), columns.get(at).shape()));
    }
    return drifts;
  }
}
