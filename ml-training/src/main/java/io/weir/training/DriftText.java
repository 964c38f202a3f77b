package io.weir.training;

import io.weir.training.drift.FeatureDrift;
import io.weir.training.drift.ModelWatch;
import io.weir.training.drift.TrainedModel;
import io.weir.training.quality.BinaryQuality;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person reads about one model. */
final class DriftText {
  private static final int SHOWN = 5;

  private DriftText() {}

  static String of(ModelWatch watch, double share) {
    TrainedModel model = watch.model();
    BinaryQuality quality = watch.quality();
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d sessions%s, %d converted, mean score %.4f%n",
            model.model(),
            quality.rows(),
            share < 1 ? String.format(Locale.ROOT, " (a sample of %.2f %%)", 100 * share) : "",
            quality.positives(),
            watch.meanScore()));
    text.append(
        String.format(
            Locale.ROOT,
            "  AUC %.4f (training %s), log-loss %.4f (%s; constant %.4f), calibration error %.4f (%s)",
            quality.auc(),
            text(model.auc()),
            quality.logLoss(),
            text(model.logLoss()),
            quality.constantLogLoss(),
            quality.calibrationError(),
            text(model.calibrationError())));
    watch.ofScores().ifPresent(scores -> text.append(drifts(watch, scores)));
    if (model.remark() != null) {
      text.append(String.format(Locale.ROOT, "%n  %s", model.remark()));
    }
    return text.toString();
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
