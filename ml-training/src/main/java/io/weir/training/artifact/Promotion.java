package io.weir.training.artifact;

import io.weir.training.quality.BinaryQuality;
import org.jspecify.annotations.Nullable;

/**
 * The decision whether the new model becomes the champion.
 *
 * @param reason in one line, for people
 * @param champion the version that was the champion before; null if there was none
 * @param championLogLoss its log-loss on the test part of the new model; null if unknown
 */
public record Promotion(
    boolean isPromoted,
    String reason,
    @Nullable String champion,
    @Nullable Double championLogLoss) {

  /** The promotion of a model that need not beat another one. */
  public static Promotion unopposed(String reason) {
    return new Promotion(true, reason, null, null);
  }

  /** The promotion of the first model of a folder, which follows the starter model. */
  public static Promotion after(String starter, BinaryQuality quality, BinaryQuality ofStarter) {
    double lower = 100 * (1 - quality.logLoss() / ofStarter.logLoss());
    String reason =
        String.format(
            java.util.Locale.ROOT,
            "log-loss %.5f on the newest rows, %s %.5f (%.1f %% %s); AUC %.4f and %.4f",
            quality.logLoss(),
            starter,
            ofStarter.logLoss(),
            Math.abs(lower),
            lower >= 0 ? "lower" : "higher",
            quality.auc(),
            ofStarter.auc());
    return new Promotion(true, reason, starter, ofStarter.logLoss());
  }

  /** Promotes the new model unless the champion is better on the newest days. */
  public static Promotion between(double logLoss, String champion, double championLogLoss) {
    boolean isPromoted = logLoss <= championLogLoss;
    String reason =
        String.format(
            java.util.Locale.ROOT,
            "log-loss %.5f on the newest rows, champion %s %.5f",
            logLoss,
            champion,
            championLogLoss);
    return new Promotion(isPromoted, reason, champion, championLogLoss);
  }
}
