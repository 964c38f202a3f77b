package io.weir.training;

import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureSchema;
import io.weir.training.artifact.GainImportance;
import io.weir.training.artifact.GoldenRows;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.TrainingReport;
import io.weir.training.artifact.TrainingReport.PartSizes;
import io.weir.training.drift.TrainingSnapshot;
import io.weir.training.quality.BinaryQuality;
import io.weir.training.quality.PlattScaling;
import io.weir.training.quality.TruthComparison;
import io.weir.training.quality.TruthComparison.Truth;
import io.weir.training.session.SessionParts;
import io.weir.training.session.TrainingSource;
import io.weir.training.table.FeatureRows;
import io.weir.training.table.ServedColumns;
import io.weir.training.table.TableEncoding;
import io.weir.training.tree.BoostedTrees;
import io.weir.training.tree.LogisticBaseline;
import io.weir.training.tree.RoundListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One training on three parts of rows, up to the files of the model. */
final class ModelTraining {
  private final Subject subject;
  private final TrainingPlan plan;
  private final TreeSearch search;
  private final Clock clock;
  private final Instant start;

  /** A training that begins now, with the reading of its rows. */
  ModelTraining(Subject subject, TrainingPlan plan, RoundListener listener, Clock clock) {
    this.subject = subject;
    this.plan = plan;
    this.search = new TreeSearch(plan, listener);
    this.clock = clock;
    this.start = clock.instant();
  }

  /**
   * What is predicted.
   *
   * @param attributes stored in the model
   */
  record Subject(
      String name,
      String label,
      Optional<String> group,
      long seed,
      Map<String, String> attributes) {}

  /**
   * The encoded rows of the three parts.
   *
   * @param served the columns of the rows to train on that the served model sees with other values
   * @param source where sessions come from; null for a table
   * @param truth true probabilities of the test part; null if they are not known
   * @param cuts earlier states of the rows, to learn from
   */
  record Parts(
      TableEncoding encoding,
      FeatureRows train,
      FeatureRows validation,
      FeatureRows test,
      ServedColumns served,
      int withoutLabel,
      int inOtherPart,
      @Nullable TrainingSource source,
      @Nullable Truth truth,
      SessionParts.Cuts cuts) {

    PartSizes sizes(int sampled) {
      return new PartSizes(
          sampled,
          validation.size(),
          test.size(),
          withoutLabel,
          inOtherPart,
          train.size() - sampled);
    }

    @Nullable TruthComparison compared(double[] probabilities) {
      return truth == null ? null : TruthComparison.of(probabilities, truth, test.outcomes());
    }

    GoldenRows.Answers prefixes(BoostedTrees trees) {
      FeatureRows rows = cuts.test();
      return new GoldenRows.Answers(rows, rows.size() == 0 ? new float[0] : trees.margins(rows));
    }

    @Nullable BinaryQuality open(GoldenRows.Answers prefixes, PlattScaling calibration) {
      FeatureRows rows = prefixes.rows();
      return rows.size() == 0
          ? null
          : BinaryQuality.of(
              calibration.probabilities(prefixes.margins()), rows.outcomes(), train.rate());
    }

    BinaryQuality quality(double[] probabilities) {
      return BinaryQuality.of(probabilities, test.outcomes(), train.rate());
    }
  }

  ModelArtifact run(Parts parts) {
    FeatureRows sample = parts.train.sampled(plan.mostNegatives(), subject.seed);
    try (TreeSearch.Found found = trees(sample, parts)) {
      BoostedTrees trees = found.trees();
      PlattScaling calibration =
          PlattScaling.ifBetter(trees.margins(parts.validation), parts.validation.outcomes());
      List<String> features = parts.encoding.features();
      byte[] model = trees.json(features, subject.attributes());
      byte[] binary = trees.ubj(features, subject.attributes());
      var whole = new GoldenRows.Answers(parts.test, trees.margins(parts.test));
      GoldenRows.Answers prefixes = parts.prefixes(trees);
      var golden = GoldenRows.of(whole, prefixes, calibration);
      double[] probabilities = calibration.probabilities(whole.margins());
      BinaryQuality quality = parts.quality(probabilities);
      var snapshot = TrainingSnapshot.of(parts.encoding, parts.train, parts.served, probabilities);
      var importance = GainImportance.of(model, parts.encoding);
      TruthComparison compared = parts.compared(probabilities);
      BinaryQuality open = parts.open(prefixes, calibration);
      var result = new Result(sample, found, calibration, quality, compared, open, importance);
      return new ModelArtifact(
          new ModelArtifact.Trees(model, binary),
          parts.encoding,
          golden,
          snapshot,
          report(parts, result));
    }
  }

  /** The trees of whole rows, and if there are prefixes those of prefixes beside them. */
  private TreeSearch.Found trees(FeatureRows sample, Parts parts) {
    TreeSearch.Found found = search.train(sample, parts.validation);
    if (!parts.cuts.canBeLearnt()) {
      return found;
    }
    return search.joined(
        found,
        parts.cuts.train().sampled(plan.mostNegatives(), subject.seed),
        parts.cuts.validation(),
        sample.rate(),
        FeatureSchema.place(Feature.IS_OVER));
  }

  /** The trees that were found, and how good they are. */
  private record Result(
      FeatureRows sample,
      TreeSearch.Found found,
      PlattScaling calibration,
      BinaryQuality quality,
      @Nullable TruthComparison compared,
      @Nullable BinaryQuality open,
      Map<String, Double> importance) {}

  private TrainingReport report(Parts parts, Result result) {
    double[] baseline = LogisticBaseline.fit(result.sample).probabilities(parts.test);
    return new TrainingReport(
        subject.name,
        start.truncatedTo(ChronoUnit.SECONDS).toString(),
        Duration.between(start, clock.instant()).toMillis() / 1e3,
        subject.label,
        subject.group.orElse(null),
        subject.seed,
        parts.sizes(result.sample.size()),
        parts.encoding.features().size(),
        result.found.rounds(),
        result.calibration,
        result.quality,
        parts.quality(baseline),
        result.importance,
        result.found.losses(),
        search.tried(),
        parts.encoding.leftOut(),
        parts.source,
        null,
        null,
        result.compared,
        result.open);
  }
}
