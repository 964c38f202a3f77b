package io.weir.scoring.processor;

import io.weir.contract.avro.ClickScore;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.model.feature.ClickFeatures;
import io.weir.model.feature.VisitorEvent;
import io.weir.model.feature.VisitorPast;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.Registry;
import java.time.Clock;

/** Scores an ad impression with the click model in use. */
public final class ImpressionScorer {
  private final Registry registry;
  private final Clock clock;

  public ImpressionScorer(Registry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * The vector of an impression for a model.
   *
   * @param past of the visitor, without the impression
   */
  public static float[] vector(LoadedModel model, VisitorPast past, VisitorEvent impression) {
    return ClickFeatures.of(past, impression, model.rates().of(impression));
  }

  ClickScore score(EnrichedEvent event, VisitorPast past, VisitorEvent impression) {
    LoadedModel model = registry.current().orElseThrow(ImpressionScorer::notReady);
    return new ClickScore(
        event.getEventId(),
        event.getVisitorId(),
        event.getEventTime(),
        event.getAdId(),
        event.getUrlPath(),
        impression.position(),
        (double) model.model().score(vector(model, past, impression)),
        model.name(),
        model.version(),
        clock.millis());
  }

  private static IllegalStateException notReady() {
    return new IllegalStateException("impressions arrive before there is a model");
  }
}
