package io.weir.training;

import io.weir.process.StartupException;
import io.weir.process.TimeText;
import io.weir.process.terminal.Terminal;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.ModelStore;
import io.weir.training.artifact.Promotion;
import io.weir.training.session.CutPlan;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.tree.XgboostLibrary;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sessions --out FOLDER}: a model from the sessions or the ad impressions of the lake. */
@Command(
    name = "sessions",
    description = "Trains a model on the lake and reports how good it is.",
    mixinStandardHelpOptions = true)
final class TrainSessionsCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;

  @Mixin private TreeOptions trees = new TreeOptions();

  @Mixin private SourceOptions sources = new SourceOptions();

  @Option(names = "--from", paramLabel = "TIME", description = "Sessions that began then or later.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Sessions that began before.")
  private @Nullable String to;

  @Option(names = "--snapshot", paramLabel = "ID", description = "An earlier state of the table.")
  private @Nullable Long snapshot;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Of all models; p_click and p_return_7d have folders of their own in it.")
  private Path out = Path.of("");

  @Option(names = "--mlflow", paramLabel = "URL", description = "Register the model there.")
  private @Nullable String mlflow;

  @Option(names = "--starter", description = "The starter model serves: compare with it.")
  private boolean isAfterStarter;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "p_convert, p_click, or p_return_7d.")
  private String model = Prediction.P_CONVERT.option();

  @Option(names = "--name", paramLabel = "NAME", description = "The model's name.")
  private @Nullable String name;

  @Option(
      names = "--reproduce",
      paramLabel = "RUN",
      description = {
        "Do the training of that version, or with --mlflow of that run, again.",
        "Its snapshot must still be there: 12 h by default (WEIR_SINK_SNAPSHOT_AGE)."
      })
  private @Nullable String reproduce;

  TrainSessionsCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    XgboostLibrary.load();
    var store = new ModelStore(prediction().folder(out));
    return reproduce == null ? train(store) : reproduce(store, reproduce);
  }

  private int reproduce(ModelStore store, String run) {
    if (from != null || to != null || snapshot != null || sources.hasCuts()) {
      throw new StartupException(
          "--reproduce takes range, snapshot and cuts from the former training");
    }
    FormerTraining former =
        mlflow == null
            ? FormerTraining.of(store, run)
            : FormerTraining.of(MlflowStep.of(mlflow, name(), clock).address(), run);
    if (former.recipe().snapshot() == null && !sources.hasFile()) {
      throw new StartupException(
          former.name() + " was trained on a file: give it with --sessions FILE or --events FILE");
    }
    return new Reproduction(former, terminal, clock).run(store, trees.threads(), sources::read);
  }

  private int train(ModelStore store) {
    TrainingPlan plan = trees.plan(prediction().usualDepth());
    CutPlan cuts = sources.cuts(prediction(), plan.settings().seed());
    Range range = range();
    store.prepare();
    var registry = Optional.ofNullable(mlflow).map(url -> MlflowStep.of(url, name(), clock));
    Optional<Champion> champion =
        registry.isPresent() ? registry.get().champion() : StoredChampion.of(store);
    champion.ifPresent(each -> each.require(prediction(), place(store)));
    CutPlan possible = sources.possible(cuts, terminal.err());
    ModelArtifact artifact;
    try (var progress = new TrainingProgress(terminal, plan)) {
      var training =
          new LakeTraining(prediction(), name(), plan, progress, clock)
              .after(isAfterStarter)
              .comparedWith(sources.truth(prediction()));
      artifact = training.run(() -> sources.read(prediction(), range, possible), champion);
    }
    String version = artifact.version();
    store.write(version, artifact.files());
    print(artifact, store.version(version));
    if (registry.isPresent()) {
      terminal.out().println(registry.get().register(artifact));
      terminal.out().flush();
    } else if (artifact.promotion().isPromoted()) {
      store.promote(version);
    }
    return 0;
  }

  private String place(ModelStore store) {
    return mlflow == null ? store.folder().toString() : "MLflow's model " + name();
  }

  private Range range() {
    return new Range(time("--from", from), time("--to", to), Optional.ofNullable(snapshot));
  }

  private Optional<Instant> time(String option, @Nullable String text) {
    return Optional.ofNullable(text).map(given -> TimeText.parse(option, given, clock));
  }

  private Prediction prediction() {
    Prediction found =
        Prediction.named(model)
            .orElseThrow(() ->
                new StartupException(
                    "--model must be one of " + Prediction.options() + ", not " + model));
    sources.require(found);
    return found;
  }

  private String name() {
    return name == null ? prediction().modelName() : name;
  }

  private void print(ModelArtifact artifact, Path version) {
    PrintStream out = terminal.out();
    out.println(TrainingProgress.summary(artifact.report()));
    TrainingProgress.open(artifact.report()).ifPresent(out::println);
    TrainingProgress.comparison(artifact.report()).ifPresent(out::println);
    out.println("model and report: " + version.resolve("report.html"));
    Promotion promotion = artifact.promotion();
    String outcome = promotion.isPromoted() ? "promoted: " : "not promoted: ";
    out.println(outcome + promotion.reason());
    out.flush();
  }
}
