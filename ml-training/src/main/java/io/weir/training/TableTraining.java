package io.weir.training;

import io.weir.training.artifact.GainImportance;
import io.weir.training.artifact.GoldenRows;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.TrainingReport;
import io.weir.training.artifact.TrainingReport.PartSizes;
import io.weir.training.quality.BinaryQuality;
import io.weir.training.quality.PlattScaling;
import io.weir.training.table.FeatureRows;
import io.weir.training.table.LabelColumn;
import io.weir.training.table.RowParts;
import io.weir.training.table.TableEncoding;
import io.weir.training.table.TextColumns;
import io.weir.training.tree.BoostedTrees;
import io.weir.training.tree.LogisticBaseline;
import io.weir.training.tree.RoundListener;
import io.weir.training.tree.TreeBoosting;
import io.weir.training.tree.TreeSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One training on one table, from text to the files of the model. */
final class TableTraining {
  private final TrainingTask task;
  private final TreeSettings settings;
  private final RoundListener listener;
  private final Clock clock;
  private final List<Double> validation = new ArrayList<>();

  TableTraining(TrainingTask task, TreeSettings settings, RoundListener listener, Clock clock) {
    this.task = task;
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
  }

  /** The encoded rows of the three parts. */
  private record Parts(
      TableEncoding encoding,
      FeatureRows train,
      FeatureRows validation,
      FeatureRows test,
      int withoutLabel) {

    PartSizes sizes() {
      return new PartSizes(train.size(), validation.size(), test.size(), withoutLabel);
    }

    BinaryQuality quality(double[] probabilities) {
      return BinaryQuality.of(probabilities, test.outcomes(), train.rate());
    }
  }

  ModelArtifact run(TextColumns table) {
    Instant start = clock.instant();
    Parts parts = parts(table);
    var boosting = new TreeBoosting(settings, this::round);
    try (BoostedTrees trees = boosting.train(parts.train, parts.validation)) {
      PlattScaling calibration =
          PlattScaling.ifBetter(trees.margins(parts.validation), parts.validation.outcomes());
      byte[] model = trees.json(parts.encoding.features(), Map.of("weir_name", task.name()));
      float[] margins = trees.margins(parts.test);
      var golden = GoldenRows.of(parts.test, margins, calibration);
      BinaryQuality quality = parts.quality(calibration.probabilities(margins));
      var importance = GainImportance.of(model, parts.encoding);
      var result = new Result(boosting.rounds(), calibration, quality, importance);
      return new ModelArtifact(model, parts.encoding, golden, report(parts, result, start));
    }
  }

  /** The trees that were found, and how good they are. */
  private record Result(
      int trees, PlattScaling calibration, BinaryQuality quality, Map<String, Double> importance) {}

  private TrainingReport report(Parts parts, Result result, Instant start) {
    double[] baseline = LogisticBaseline.fit(parts.train).probabilities(parts.test);
    return new TrainingReport(
        task.name(),
        start.truncatedTo(ChronoUnit.SECONDS).toString(),
        Duration.between(start, clock.instant()).toMillis() / 1e3,
        task.label(),
        task.group().orElse(null),
        task.seed(),
        parts.sizes(),
        parts.encoding.features().size(),
        result.trees,
        result.calibration,
        result.quality,
        parts.quality(baseline),
        result.importance,
        validation,
        parts.encoding.leftOut());
  }

  private Parts parts(TextColumns table) {
    LabelColumn labels = LabelColumn.of(task.label(), table.column(task.label()));
    RowParts rows = RowParts.split(groups(table), labels, task.seed());
    TableEncoding encoding = TableEncoding.learn(table, unseen(table), rows.train());
    boolean[] outcomes = labels.isPositive();
    return new Parts(
        encoding,
        encoding.encode(table, outcomes, rows.train()),
        encoding.encode(table, outcomes, rows.validation()),
        encoding.encode(table, outcomes, rows.test()),
        labels.unknown());
  }

  private void round(int round, double logLoss, double bestLogLoss) {
    validation.add(logLoss);
    listener.round(round, logLoss, bestLogLoss);
  }

  /** The group of each row; a row without one is a group of its own. */
  private String[] groups(TextColumns table) {
    return task.group()
        .map(table::identities)
        .orElseGet(() ->
            IntStream.range(0, table.rows()).mapToObj(Integer::toString).toArray(String[]::new));
  }

  private Map<String, String> unseen(TextColumns table) {
    var unseen = new LinkedHashMap<String, String>();
    for (String name : task.drop()) {
      table.column(name); // complains about an unknown name
      unseen.put(name, "dropped by --drop");
    }
    task.group().ifPresent(name -> unseen.put(name, "the group"));
    unseen.put(task.label(), "the label");
    return unseen;
  }
}
