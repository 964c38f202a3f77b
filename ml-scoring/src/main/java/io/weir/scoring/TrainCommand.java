package io.weir.scoring;

import io.weir.scoring.train.ModelCard;
import io.weir.scoring.train.Training;
import io.weir.scoring.train.TrainingSettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train --sessions FILE.avro --out DIR}. */
@Command(
    name = "train",
    description = "Trains a conversion model and writes DIR/model.json and DIR/card.json.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
  private final Clock clock;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--sessions", required = true, description = "Avro file of closed sessions")
  Path sessions = Path.of("");

  @Option(names = "--out", required = true, description = "folder for model.json and card.json")
  Path out = Path.of("");

  @Option(names = "--name", description = "the model's name")
  String name = "conversion";

  @Option(names = "--seed", description = "splits visitors and samples rows")
  long seed = TrainingSettings.defaults().seed();

  @Option(names = "--trees", description = "at most this many")
  int trees = TrainingSettings.defaults().trees();

  @Option(names = "--depth", description = "splits from root to leaf")
  int depth = TrainingSettings.defaults().depth();

  @Option(names = "--learning-rate")
  double learningRate = TrainingSettings.defaults().learningRate();

  @Option(names = "--lambda", description = "L2 penalty on leaf weights")
  double lambda = TrainingSettings.defaults().lambda();

  @Option(names = "--gamma", description = "least gain of a split")
  double gamma = TrainingSettings.defaults().gamma();

  @Option(names = "--min-child-weight", description = "least hessian of a child")
  double minChildWeight = TrainingSettings.defaults().minChildWeight();

  @Option(names = "--bins", description = "histogram bins per feature")
  int bins = TrainingSettings.defaults().bins();

  @Option(names = "--subsample", description = "share of rows per tree")
  double subsample = TrainingSettings.defaults().subsample();

  @Option(names = "--patience", description = "trees without improvement before stopping")
  int patience = TrainingSettings.defaults().patience();

  @Option(names = "--json", description = "print the card instead of one line")
  boolean isJson;

  TrainCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    ModelCard card = new Training(name, settings(), clock).run(sessions, out);
    PrintWriter printer = spec.commandLine().getOut();
    printer.println(isJson ? new String(card.toJson(), StandardCharsets.UTF_8) : line(card));
    printer.flush();
    return 0;
  }

  private TrainingSettings settings() {
    return new TrainingSettings(
        seed, trees, depth, learningRate, lambda, gamma, minChildWeight, bins, subsample, patience);
  }

  private static String line(ModelCard card) {
    return String.format(
        Locale.ROOT,
        "trained %s %s: %d rows, %d positives, %d trees, AUC %.4f, log loss %.4f"
            + " (constant %.4f), %.1f seconds",
        card.name(),
        card.version(),
        card.rows().all(),
        card.rows().positives(),
        card.trees(),
        card.metrics().auc(),
        card.metrics().logLoss(),
        card.metrics().constantLogLoss(),
        card.seconds());
  }
}
