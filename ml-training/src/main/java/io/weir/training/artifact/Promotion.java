package io.weir.training.artifact;

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
