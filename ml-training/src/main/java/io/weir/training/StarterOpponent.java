package io.weir.training;

import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.StarterModel;
import io.weir.training.artifact.Promotion;
import io.weir.training.quality.BinaryQuality;
import io.weir.training.table.FeatureRows;
import java.time.Instant;
import java.util.stream.Stream;

/** The demo's starter model, which serves until the first training and is judged on its rows. */
final class StarterOpponent {
  private StarterOpponent() {}

  /** The promotion of the first model, with what it is better by, or worse. */
  static Promotion promotion(BinaryQuality quality, FeatureRows test) {
    LoadedModel starter = StarterModel.DEMO.load(Instant.EPOCH).orElseThrow();
    double[] probabilities =
        Stream.of(test.vectors()).mapToDouble(each -> starter.model().score(each)).toArray();
    return Promotion.after(
        starter.version(), quality, BinaryQuality.of(probabilities, test.outcomes(), test.rate()));
  }
}
