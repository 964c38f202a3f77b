package io.weir.training;

import io.weir.model.feature.FeatureSchema;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.ModelArtifact.FeatureSet;
import io.weir.training.artifact.Promotion;
import io.weir.training.artifact.TrainingRecipe;
import io.weir.training.artifact.TrainingReport;
import io.weir.training.quality.BinaryQuality;
import io.weir.training.session.SessionParts;
import io.weir.training.session.TrainingSource;
import io.weir.training.table.FeatureRows;
import io.weir.training.tree.RoundListener;
import io.weir.training.tree.TreeSettings;
import io.weir.training.truth.TrueChances;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** One training on rows of the lake, up to the decision about the champion. */
final class LakeTraining {
  private static final String GROUP = "visitor_id";

  private final Prediction prediction;
  private final String name;
  private final TrainingPlan plan;
  private final RoundListener listener;
  private final Clock clock;
  private boolean isAfterStarter;
  private Optional<TrueChances> truth = Optional.empty();

  LakeTraining(
      Prediction prediction, String name, TrainingPlan plan, RoundListener listener, Clock clock) {
    this.prediction = prediction;
    this.name = name;
    this.plan = plan.with(plan.settings().withIncreasing(prediction.increasing()));
    this.listener = listener;
    this.clock = clock;
  }

  /** Compares the model with true probabilities, too. */
  LakeTraining comparedWith(Optional<TrueChances> chances) {
    truth = chances;
    return this;
  }

  /** If there is no champion, compares the model with the starter model that serves. */
  LakeTraining after(boolean isStarter) {
    isAfterStarter = isStarter;
    return this;
  }

  ModelArtifact run(Supplier<Prediction.Rows> reading, Optional<Champion> champion) {
    FeatureSchema schema = prediction.schema();
    var attributes = Map.of("weir_name", name, "weir_features", schema.fingerprint());
    long seed = plan.settings().seed();
    var subject =
        new ModelTraining.Subject(name, prediction.label(), Optional.of(GROUP), seed, attributes);
    var training = new ModelTraining(subject, plan, listener, clock);
    Prediction.Rows rows = reading.get();
    SessionParts parts = prediction.split(rows.labelled(), seed);
    ModelArtifact artifact =
        training.run(
            new ModelTraining.Parts(
                prediction.encoding(),
                parts.train(),
                parts.validation(),
                parts.test(),
                parts.served(),
                parts.leftOut(),
                parts.inOtherPart(),
                parts.source(),
                truth.map(chances -> chances.of(parts.newest())).orElse(null),
                parts.cuts()));
    double logLoss = artifact.report().metrics().logLoss();
    Promotion promotion =
        champion
            .map(former -> former.against(logLoss, schema.fingerprint(), parts.test()))
            .orElseGet(() -> unopposed(artifact.report().metrics(), parts.test()));
    var features = new FeatureSet(schema.version(), schema.fingerprint(), rows.rates());
    return artifact.with(features, recipe(artifact.report()), promotion);
  }

  private Promotion unopposed(BinaryQuality quality, FeatureRows test) {
    return isAfterStarter && prediction == Prediction.P_CONVERT
        ? StarterOpponent.promotion(quality, test)
        : Promotion.unopposed("there was no champion");
  }

  private TrainingRecipe recipe(TrainingReport report) {
    TrainingSource source = Objects.requireNonNull(report.source());
    TreeSettings settings = plan.settings();
    return new TrainingRecipe(
        prediction.option(),
        name,
        source.table(),
        source.snapshot(),
        source.askedFrom(),
        source.askedTo(),
        prediction.schema().version(),
        settings.seed(),
        settings.rounds(),
        settings.patience(),
        plan.mostNegatives(),
        report.best().shape(),
        source.cuts() == null ? null : source.cuts().perSession(),
        source.cuts() == null ? null : source.cuts().eventsSnapshot());
  }
}
