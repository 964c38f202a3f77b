package io.weir.training;

import io.weir.process.terminal.Terminal;
import io.weir.training.artifact.ArtifactFolder;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.table.CsvReading;
import io.weir.training.table.TextColumns;
import io.weir.training.tree.TreeShape;
import io.weir.training.tree.XgboostLibrary;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code table --csv FILE --label COLUMN}. */
@Command(
    name = "table",
    description = "Trains a model on a table and reports how good it is.",
    mixinStandardHelpOptions = true)
final class TrainTableCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Clock clock;

  @Option(names = "--csv", required = true, paramLabel = "FILE", description = "The table.")
  private Path csv = Path.of("");

  @Option(names = "--label", required = true, paramLabel = "COLUMN", description = "The outcome.")
  private String label = "";

  @Option(names = "--group", paramLabel = "COLUMN", description = "Rows that stay together.")
  private @Nullable String group;

  @Option(names = "--drop", split = ",", paramLabel = "COLUMN", description = "Columns not to use.")
  private List<String> drop = new ArrayList<>();

  @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "For the files.")
  private Path out = Path.of("");

  @Mixin private TreeOptions trees = new TreeOptions();

  TrainTableCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    TrainingPlan plan = trees.plan(TreeShape.standard().depth());
    XgboostLibrary.load();
    TextColumns table = CsvReading.read(csv);
    ArtifactFolder.prepare(out);
    ModelArtifact artifact;
    try (var progress = new TrainingProgress(terminal, plan)) {
      artifact = new TableTraining(task(), plan, progress, clock).run(table);
    }
    ArtifactFolder.write(out, artifact.files());
    terminal.out().println(TrainingProgress.summary(artifact.report()));
    terminal.out().println("model and report: " + out.resolve("report.html"));
    terminal.out().flush();
    return 0;
  }

  private TrainingTask task() {
    return new TrainingTask(name(), label, Optional.ofNullable(group), drop, trees.seed());
  }

  /** The file's name without its endings. */
  private String name() {
    return String.valueOf(csv.getFileName()).replaceFirst("(\\.(csv|tsv|txt))?(\\.gz)?$", "");
  }
}
