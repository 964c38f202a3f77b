package io.weir.sink.ops;

import java.util.List;
import java.util.Map;

/**
 * The findings of {@code ./weir drift} about one version of a model.
 *
 * @param figures by the name of the metric; what is unknown is left out
 */
public record ModelFigures(
    String model, String version, Map<String, Double> figures, List<Feature> features) {
  /** The names of the metrics, each with its description. */
  public static final Map<String, String> DESCRIPTIONS =
      Map.ofEntries(
          Map.entry("weir.model.watched.timestamp.seconds", "When drift was last computed"),
          Map.entry("weir.model.trained.timestamp.seconds", "When the model was trained"),
          Map.entry("weir.model.sessions", "Scored sessions or ad impressions that were compared"),
          Map.entry("weir.model.outcomes", "Those whose outcome is known, for returns older ones"),
          Map.entry(
              "weir.model.conversions",
              "Those of outcomes that converted, were clicked, or were followed by a return"),
          Map.entry("weir.model.auc", "Ranking quality of the stored scores"),
          Map.entry("weir.model.log.loss", "Log-loss of the stored scores"),
          Map.entry(
              "weir.model.constant.log.loss",
              "Log-loss of the share of conversions, clicks or returns"),
          Map.entry("weir.model.training.log.loss", "Log-loss on the training's test part"),
          Map.entry("weir.model.calibration.error", "Mean distance of score and outcome"),
          Map.entry("weir.model.score.psi", "Stability index of the scores"));

  public ModelFigures {
    figures = Map.copyOf(figures);
    features = List.copyOf(features);
  }

  /** A feature's stability index, and the share of sessions that have no value. */
  public record Feature(String name, double psi, double missing) {}
}
