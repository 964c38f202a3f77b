package io.weir.training.artifact;

import io.weir.training.quality.BinaryQuality;
import io.weir.training.quality.TruthComparison;
import io.weir.training.session.CutReport;
import io.weir.training.session.TrainingSource;
import io.weir.training.tree.TreeShape;
import java.util.Formatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The model card: a page of Markdown about one model. */
final class CardText {
  private static final int MOST_IMPORTANT = 10;

  private final TrainingReport report;
  private final StringBuilder text = new StringBuilder();
  private final Formatter out = new Formatter(text, Locale.ROOT);

  private CardText(TrainingReport report) {
    this.report = report;
  }

  static String of(TrainingReport report) {
    var card = new CardText(report);
    card.data();
    card.quality();
    card.importance();
    card.limits();
    return card.text.toString();
  }

  private void data() {
    out.format("# Model of %s%n%n", report.name());
    out.format("Predicts the probability that `%s` is true. ", report.label());
    out.format("Trained at %s with seed %d.%n%n## Data%n", report.trainedAt(), report.seed());
    var rows = report.rows();
    out.format("%d rows to train on, %d to stop early and", rows.train(), rows.validation());
    out.format(" to calibrate, %d to test. ", rows.test());
    TrainingSource source = report.source();
    if (source != null) {
      sessions(source);
      return;
    }
    out.format("%d rows without a label were left out.%n", rows.withoutLabel());
    if (report.group() == null) {
      out.format("Rows were split independently of each other.%n");
    } else {
      out.format("All rows of one `%s` are in one part.%n", report.group());
    }
  }

  private void sessions(TrainingSource source) {
    out.format("%nRows are %s of `%s`", source.kind(), source.table());
    if (source.snapshot() != null) {
      out.format(", snapshot %d", source.snapshot());
    }
    out.format(", from %s to %s. ", source.from(), source.to());
    out.format("Those before %s train, ", source.trainUntil());
    out.format("those from %s test.%n", source.validationUntil());
    out.format("A visitor is in one part only: %d rows", report.rows().inOtherPart());
    out.format(
        " of visitors in another part were left out, and %d of bots%s.%n",
        report.rows().withoutLabel(), source.kind().equals("impressions") ? " by agent" : "");
    out.format("%d %s were left out.%n", source.withoutEvents(), undecided(source));
    cuts(source.cuts());
    Promotion promotion = report.promotion();
    if (promotion != null) {
      out.format("%n%s: ", promotion.isPromoted() ? "Promoted" : "Not promoted");
      out.format("%s.%n", promotion.reason());
    }
  }

  private void cuts(@Nullable CutReport cuts) {
    if (cuts != null) {
      out.format("%nRows to learn from are also %d prefixes of each", cuts.perSession());
      out.format(" of %d sessions. %d more", cuts.sessions(), cuts.withoutEvents());
      out.format(" had no prefix: the events that they were made of are not there.%n");
      if (!cuts.isLearnt()) {
        out.format("%nThese were too few prefixes of one outcome to learn from: open sessions");
        out.format(" get scores of closed ones, which are no forecast.%n");
      }
    }
  }

  private static String undecided(TrainingSource source) {
    return switch (source.kind()) {
      case "sessions" -> "sessions without an event before the outcome";
      case "impressions" -> "impressions whose click might still have come";
      default -> "sessions whose visitor might still have come back";
    };
  }

  private boolean isOfSessions() {
    return report.source() != null && report.source().kind().equals("sessions");
  }

  private void quality() {
    BinaryQuality trees = report.metrics();
    BinaryQuality line = report.baseline();
    out.format("%n## Quality on the test part%n");
    out.format("| measure | trees | logistic regression | constant |%n| --- | --- | --- | --- |%n");
    out.format("| AUC | %.4f | %.4f | 0.5 |%n", trees.auc(), line.auc());
    out.format("| PR-AUC | %.4f | %.4f | ", trees.prAuc(), line.prAuc());
    out.format("%.4f |%n| log-loss | %.4f", trees.baseRate(), trees.logLoss());
    out.format(" | %.4f | %.4f |%n", line.logLoss(), trees.constantLogLoss());
    out.format("| calibration error | %.4f", trees.calibrationError());
    out.format(" | %.4f | |%n", line.calibrationError());
    out.format("| of that by chance | %.4f", trees.calibrationByChance());
    out.format(" | %.4f | |%n", line.calibrationByChance());
    out.format("%n%d trees, %d features. Calibration: ", report.trees(), report.features());
    boolean isNone = report.calibration().isNone();
    out.format(isNone ? "none, it does not improve held-out log-loss.%n" : "Platt scaling.%n");
    open(report.open());
    truth(report.truth());
    search();
  }

  private void open(@Nullable BinaryQuality open) {
    if (open != null) {
      out.format("%nOpen sessions: on %d prefixes of the sessions of the test part", open.rows());
      out.format(" the AUC is %.4f, the log-loss %.4f", open.auc(), open.logLoss());
      out.format(" (constant %.4f),", open.constantLogLoss());
      out.format(" the calibration error %.4f.%n", open.calibrationError());
    }
  }

  private void truth(@Nullable TruthComparison truth) {
    if (truth != null) {
      out.format("%nBeside the simulator's true probabilities, on %d rows:%n%n", truth.rows());
      out.format("| measure | model | knowable | hidden |%n| --- | --- | --- | --- |%n");
      out.format("| AUC | %.4f | %.4f", truth.model().auc(), truth.knowable().auc());
      out.format(" | %.4f |%n| log-loss | %.4f", truth.hidden().auc(), truth.model().logLoss());
      out.format(" | %.4f | %.4f |%n%n", truth.knowable().logLoss(), truth.hidden().logLoss());
    }
  }

  private void search() {
    TreeShape shape = report.best().shape();
    out.format("Depth %d, learning rate %s", shape.depth(), shape.learningRate());
    out.format(", least weight of a leaf %s, share", shape.leastWeight());
    out.format(" of rows %s and of features %s,", shape.rowShare(), shape.featureShare());
    out.format(" penalty %s: the best of %d tried.%n", shape.penalty(), report.search().size());
    if (report.rows().notSampled() > 0) {
      out.format("%d negative rows were not trained on;", report.rows().notSampled());
      out.format(" the others weigh as much as all of them.%n");
    }
  }

  private void importance() {
    out.format("%n## Importance (share of gain)%n");
    report.importance().entrySet().stream()
        .limit(MOST_IMPORTANT)
        .forEach(entry -> out.format("- `%s` %.1f %%%n", entry.getKey(), 100 * entry.getValue()));
  }

  private void limits() {
    out.format(
        """

        ## Limits
        The figures hold for rows like those of the test part, which come from the same file and the same time.
        Importance says what the trees use, not what causes the outcome.
        """);
    if (isOfSessions()) {
      out.format(
          """
          Sessions with a purchase count as they were just before it, the others as they were at their end.
          """);
    }
    report.leftOut().forEach((name, why) -> out.format("- `%s` unused: %s%n", name, why));
  }
}
