package io.weir.training;

import io.weir.training.drift.DriftFound;
import io.weir.training.drift.FeatureDrift;
import io.weir.training.drift.ModelComparison;
import io.weir.training.drift.ModelWatch;
import io.weir.training.drift.TrainedModel;
import io.weir.training.quality.BinaryQuality;
import io.weir.training.quality.PairedDifference;
import io.weir.training.quality.PairedQuality;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person reads about one model. */
final class DriftText {
  private static final int SHOWN = 5;

  private DriftText() {}

  static String of(DriftFound found, ModelWatch watch) {
    var text = new StringBuilder(head(found, watch));
    TrainedModel model = watch.model();
    if (watch.quality().rows() > 0) {
      text.append(quality(model, watch.quality()));
    }
    watch.ofScores().ifPresent(scores -> text.append(drifts(watch, scores)));
    if (model.remark() != null) {
      text.append(String.format(Locale.ROOT, "%n  %s", model.remark()));
    }
    return text.toString();
  }

  private static String quality(TrainedModel model, BinaryQuality quality) {
    return String.format(
        Locale.ROOT,
        "%n  AUC %.4f (training %s), log-loss %.4f (%s; constant %.4f), calibration error %.4f (%s)",
        quality.auc(),
        text(model.auc()),
        quality.logLoss(),
        text(model.logLoss()),
        quality.constantLogLoss(),
        quality.calibrationError(),
        text(model.calibrationError()));
  }

  private static String head(DriftFound found, ModelWatch watch) {
    double share = found.share();
    return String.format(
        Locale.ROOT,
        "%s: %d %s%s, %s, mean score %.4f",
        watch.model().model(),
        watch.compared(),
        found.subject().rows(),
        share < 1 ? String.format(Locale.ROOT, " (a sample of %.2f %%)", 100 * share) : "",
        outcomes(found.subject(), watch.quality()),
        watch.meanScore());
  }

  private static String outcomes(DriftFound.Subject subject, BinaryQuality quality) {
    String share = quality.positives() + " " + subject.outcome();
    if (subject != DriftFound.Subject.RETURNS) {
      return share;
    }
    return quality.rows() == 0
        ? "none with an outcome yet"
        : "of %d with an outcome %s".formatted(quality.rows(), share);
  }

  static String of(ModelComparison comparison) {
    PairedQuality quality = comparison.quality();
    return String.format(
        Locale.ROOT,
        "challenger %s against %s, on %d sessions of both, %d converted: %s%n"
            + "  log-loss %.4f against %.4f, difference %s; AUC %.4f against %.4f, difference %s",
        comparison.challenger(),
        comparison.champion(),
        quality.rows(),
        quality.positives(),
        words(quality.verdict()),
        quality.otherLogLoss(),
        quality.firstLogLoss(),
        text(quality.logLoss()),
        quality.otherAuc(),
        quality.firstAuc(),
        text(quality.auc()));
  }

  private static String words(PairedQuality.Verdict verdict) {
    return switch (verdict) {
      case CHALLENGER_BETTER -> "the challenger is better";
      case CHAMPION_BETTER -> "the champion is better";
      case NO_DIFFERENCE -> "no difference is shown";
      case TOO_FEW -> "too few sessions to say";
    };
  }

  private static String text(PairedDifference difference) {
    return String.format(
        Locale.ROOT,
        "%+.5f (95 %%: %+.5f to %+.5f)",
        difference.value(),
        difference.low(),
        difference.high());
  }

  private static String drifts(ModelWatch watch, FeatureDrift scores) {
    String farthest =
        watch.features().stream()
            .limit(SHOWN)
            .map(each -> String.format(Locale.ROOT, "%s %.3f", each.name(), each.psi()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT, "%n  PSI of the scores %.3f; of features: %s", scores.psi(), farthest);
  }

  private static String text(@Nullable Double value) {
    return value == null ? "unknown" : String.format(Locale.ROOT, "%.4f", value);
  }
}
