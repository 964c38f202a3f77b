package io.weir.training;

import io.weir.process.StartupException;
import io.weir.process.terminal.Terminal;
import io.weir.training.artifact.ArtifactFolder;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.ModelStore;
import io.weir.training.artifact.TrainingRecipe;
import io.weir.training.session.CutPlan;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.tree.TreeSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does a former training again, on the same snapshot, and compares the model with the former. */
final class Reproduction {
  /** Where the rows of a training come from. */
  @FunctionalInterface
  interface RowReading {
    Prediction.Rows read(Prediction prediction, Range range, CutPlan cuts);
  }

  private final FormerTraining former;
  private final Terminal terminal;
  private final Clock clock;

  Reproduction(FormerTraining former, Terminal terminal, Clock clock) {
    this.former = former;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Writes the model to a folder of its own; no registry learns of it. Returns the exit code. */
  int run(ModelStore store, int threads, RowReading rows) {
    TrainingRecipe recipe = former.recipe();
    Prediction prediction = prediction();
    TrainingPlan plan = plan(threads);
    CutPlan cuts = cuts();
    ModelArtifact artifact;
    try (var progress = new TrainingProgress(terminal, plan)) {
      artifact =
          new LakeTraining(prediction, recipe.model(), plan, progress, clock)
              .run(() -> rows.read(prediction, range(), cuts), Optional.empty());
    }
    Path folder = store.folder().resolve("reproduced").resolve(former.name());
    ArtifactFolder.prepare(folder);
    ArtifactFolder.write(folder, artifact.files());
    terminal.out().println(TrainingProgress.summary(artifact.report()));
    terminal.out().println("model and report: " + folder.resolve("report.html"));
    return compare(former.differences(artifact.files()));
  }

  private int compare(List<String> differences) {
    boolean isSame = differences.isEmpty();
    String difference = "differs from " + former.name() + " in " + String.join(", ", differences);
    terminal.out().println(isSame ? "reproduced: the same bytes as " + former.name() : difference);
    terminal.out().flush();
    return isSame ? 0 : 1;
  }

  private Prediction prediction() {
    String predicts = former.recipe().predicts();
    Prediction found =
        Prediction.named(predicts)
            .orElseThrow(() ->
                new StartupException(
                    former.name() + " predicts " + predicts + ", which this program does not"));
    int version = former.recipe().featureSetVersion();
    if (version != found.schema().version()) {
      throw new StartupException(
          "%s has feature set version %d; this program computes version %d"
              .formatted(former.name(), version, found.schema().version()));
    }
    return found;
  }

  private TrainingPlan plan(int threads) {
    TrainingRecipe recipe = former.recipe();
    var settings =
        new TreeSettings(
            recipe.shape(), recipe.rounds(), recipe.patience(), recipe.seed(), threads, Set.of());
    return new TrainingPlan(settings, 1, recipe.mostNegatives());
  }

  private CutPlan cuts() {
    TrainingRecipe recipe = former.recipe();
    if (recipe.cuts() == null) {
      return CutPlan.NONE;
    }
    // The recipe may be a tag of MLflow, which anyone can write.
    if (recipe.cuts() > CutPlan.MOST) {
      throw new StartupException(
          "%s has %d cuts of each session; this program makes at most %d"
              .formatted(former.name(), recipe.cuts(), CutPlan.MOST));
    }
    return new CutPlan(recipe.cuts(), recipe.seed(), Optional.ofNullable(recipe.eventsSnapshot()));
  }

  private Range range() {
    TrainingRecipe recipe = former.recipe();
    return new Range(
        Optional.ofNullable(recipe.from()).map(Instant::parse),
        Optional.ofNullable(recipe.to()).map(Instant::parse),
        Optional.ofNullable(recipe.snapshot()));
  }
}
