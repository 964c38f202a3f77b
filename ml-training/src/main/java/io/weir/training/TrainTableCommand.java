package io.weir.training;

import io.weir.process.StartupException;
import io.weir.process.terminal.RunningLine;
import io.weir.process.terminal.Terminal;
import io.weir.training.artifact.ArtifactFolder;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.TrainingReport;
import io.weir.training.table.CsvReading;
import io.weir.training.table.TextColumns;
import io.weir.training.tree.RoundListener;
import io.weir.training.tree.TreeSettings;
import io.weir.training.tree.XgboostLibrary;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code train --csv FILE --label COLUMN}. */
@Command(
    name = "train",
    description = "Trains a model on a table and reports how good it is.",
    mixinStandardHelpOptions = true)
final class TrainTableCommand implements Callable<Integer> {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final int BAR = 20;

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

  @Option(names = "--seed", paramLabel = "N", description = "Splits rows (default 1).")
  private long seed = 1;

  @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  TrainTableCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    if (threads < 1) {
      throw new StartupException("--threads must be at least 1");
    }
    XgboostLibrary.load();
    TextColumns table = CsvReading.read(csv);
    ArtifactFolder.prepare(out);
    TreeSettings settings = TreeSettings.standard(seed, threads);
    RunningLine line = RunningLine.on(terminal, BETWEEN_LINES, System::nanoTime);
    ModelArtifact artifact =
        new TableTraining(task(), settings, progress(line, settings), clock).run(table);
    line.clear();
    ArtifactFolder.write(out, artifact.files());
    print(artifact.report());
    return 0;
  }

  private TrainingTask task() {
    return new TrainingTask(name(), label, Optional.ofNullable(group), drop, seed);
  }

  /** The file's name without its endings. */
  private String name() {
    return String.valueOf(csv.getFileName()).replaceFirst("(\\.(csv|tsv|txt))?(\\.gz)?$", "");
  }

  private static RoundListener progress(RunningLine line, TreeSettings settings) {
    return (round, logLoss, best) ->
        line.show(() ->
            String.format(
                Locale.ROOT,
                "%s tree %d of at most %d, validation log-loss %.5f, best %.5f",
                RunningLine.bar((double) round / settings.rounds(), BAR),
                round,
                settings.rounds(),
                logLoss,
                best));
  }

  private void print(TrainingReport report) {
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "trained %d trees on %d rows: AUC %.4f, PR-AUC %.4f, log-loss %.4f (constant %.4f),"
                + " calibration error %.4f; logistic regression: AUC %.4f; %.1f s%n",
            report.trees(),
            report.rows().train(),
            report.metrics().auc(),
            report.metrics().prAuc(),
            report.metrics().logLoss(),
            report.metrics().constantLogLoss(),
            report.metrics().calibrationError(),
            report.baseline().auc(),
            report.seconds());
    terminal.out().println("model and report: " + out.resolve("report.html"));
    terminal.out().flush();
  }
}
