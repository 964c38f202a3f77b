package io.weir.training;

import io.weir.process.terminal.RunningLine;
import io.weir.process.terminal.Terminal;
import io.weir.training.artifact.TrainingReport;
import io.weir.training.tree.RoundListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Shows a training to the user: a line that runs with the trees, and one about the result. */
final class TrainingProgress implements RoundListener, AutoCloseable {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final int BAR = 20;

  private final RunningLine line;
  private final int rounds;

  private String attempt = "";
  private double bestOfAll = Double.POSITIVE_INFINITY;

  TrainingProgress(Terminal terminal, TrainingPlan plan) {
    this.line = RunningLine.on(terminal, BETWEEN_LINES, System::nanoTime);
    this.rounds = plan.settings().rounds();
  }

  @Override
  public void attempt(int number, int of) {
    attempt = of == 1 ? "" : "settings %d of %d, ".formatted(number, of);
  }

  @Override
  public void round(int round, double logLoss, double bestLogLoss) {
    bestOfAll = Math.min(bestOfAll, bestLogLoss);
    line.show(() ->
        String.format(
            Locale.ROOT,
            "%s %stree %d of at most %d, validation log-loss %.5f, best %.5f",
            RunningLine.bar((double) round / rounds, BAR),
            attempt,
            round,
            rounds,
            logLoss,
            bestOfAll));
  }

  @Override
  public void close() {
    line.clear();
  }

  /** The model beside true probabilities, if they are known. */
  static Optional<String> comparison(TrainingReport report) {
    return Optional.ofNullable(report.truth())
        .map(truth ->
            String.format(
                Locale.ROOT,
                "compared with the truth on %d rows, %d positive: AUC %.4f, knowable %.4f,"
                    + " hidden %.4f; gap %.4f; calibration error %.4f",
                truth.rows(),
                truth.positives(),
                truth.model().auc(),
                truth.knowable().auc(),
                truth.hidden().auc(),
                truth.gap(),
                truth.model().calibrationError()));
  }

  /** The model on prefixes of sessions, if it was to learn from some. */
  static Optional<String> open(TrainingReport report) {
    if (report.hasTooFewCuts()) {
      return Optional.of(
          "open sessions get scores of closed ones, which are no forecast: too few prefixes of one"
              + " outcome to learn from");
    }
    return Optional.ofNullable(report.open())
        .map(open ->
            String.format(
                Locale.ROOT,
                "open sessions, %d prefixes: AUC %.4f, log-loss %.4f (constant %.4f),"
                    + " calibration error %.4f",
                open.rows(),
                open.auc(),
                open.logLoss(),
                open.constantLogLoss(),
                open.calibrationError()));
  }

  static String summary(TrainingReport report) {
    return String.format(
        Locale.ROOT,
        "trained %d trees on %d rows: AUC %.4f, PR-AUC %.4f, log-loss %.4f (constant %.4f),"
            + " calibration error %.4f (%.4f by chance alone); logistic regression: AUC %.4f; %.1f s",
        report.trees(),
        report.rows().train(),
        report.metrics().auc(),
        report.metrics().prAuc(),
        report.metrics().logLoss(),
        report.metrics().constantLogLoss(),
        report.metrics().calibrationError(),
        report.metrics().calibrationByChance(),
        report.baseline().auc(),
        report.seconds());
  }
}
