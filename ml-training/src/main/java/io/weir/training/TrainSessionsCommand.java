package io.weir.training;

import io.weir.lake.LakeSettings;
import io.weir.lake.gold.Postgres;
import io.weir.process.Settings;
import io.weir.process.TimeText;
import io.weir.process.terminal.Terminal;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.ModelStore;
import io.weir.training.artifact.Promotion;
import io.weir.training.session.LakeSessions;
import io.weir.training.session.LakeSessions.Range;
import io.weir.training.session.SessionFile;
import io.weir.training.session.SessionSet;
import io.weir.training.tree.TreeSettings;
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

/** {@code sessions --out FOLDER}: a conversion model from the sessions of the lake or of a file. */
@Command(
    name = "sessions",
    description = "Trains the conversion model on sessions and reports how good it is.",
    mixinStandardHelpOptions = true)
final class TrainSessionsCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;

  @Mixin private TreeOptions trees = new TreeOptions();

  @Option(names = "--sessions", paramLabel = "FILE", description = "Avro file instead of the lake.")
  private @Nullable Path sessions;

  @Option(names = "--from", paramLabel = "TIME", description = "Sessions that began then or later.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Sessions that began before.")
  private @Nullable String to;

  @Option(names = "--snapshot", paramLabel = "ID", description = "An earlier state of the table.")
  private @Nullable Long snapshot;

  @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Of all models.")
  private Path out = Path.of("");

  @Option(names = "--mlflow", paramLabel = "URL", description = "Register the model there.")
  private @Nullable String mlflow;

  @Option(names = "--name", paramLabel = "NAME", description = "The model's name.")
  private String name = "conversion";

  TrainSessionsCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    TreeSettings settings = trees.settings();
    Range range = range();
    XgboostLibrary.load();
    var store = new ModelStore(out);
    store.prepare();
    var registry = Optional.ofNullable(mlflow).map(url -> MlflowStep.of(url, name, clock));
    Optional<Champion> champion =
        registry.isPresent() ? registry.get().champion() : StoredChampion.of(store);
    ModelArtifact artifact;
    try (var progress = new TrainingProgress(terminal, settings)) {
      var training = new SessionTraining(name, settings, progress, clock);
      artifact = training.run(() -> read(range), champion);
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

  private Range range() {
    return new Range(time("--from", from), time("--to", to), Optional.ofNullable(snapshot));
  }

  private Optional<Instant> time(String option, @Nullable String text) {
    return Optional.ofNullable(text).map(given -> TimeText.parse(option, given, clock));
  }

  private SessionSet read(Range range) {
    if (sessions != null) {
      return SessionFile.read(sessions);
    }
    Settings settings = Settings.ofProcess();
    return LakeSessions.read(LakeSettings.location(settings, Postgres.from(settings)), range);
  }

  private void print(ModelArtifact artifact, Path version) {
    PrintStream out = terminal.out();
    out.println(TrainingProgress.summary(artifact.report()));
    out.println("model and report: " + version.resolve("report.html"));
    Promotion promotion = artifact.promotion();
    String outcome = promotion.isPromoted() ? "promoted: " : "not promoted: ";
    out.println(outcome + promotion.reason());
    out.flush();
  }
}
