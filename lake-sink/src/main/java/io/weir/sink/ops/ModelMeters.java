package io.weir.sink.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The gauges of how the models do. They show the newest run of {@code ./weir drift}. */
public final class ModelMeters {
  private final Map<String, MultiGauge> figures = new HashMap<>();
  private final MultiGauge psi;
  private final MultiGauge missing;
  private final MultiGauge unwatched;

  ModelMeters(MeterRegistry registry) {
    ModelFigures.DESCRIPTIONS.forEach((name, text) ->
        figures.put(name, MultiGauge.builder(name).description(text).register(registry)));
    psi =
        MultiGauge.builder("weir.model.feature.psi")
            .description("Stability index of a feature against the training data")
            .register(registry);
    missing =
        MultiGauge.builder("weir.model.feature.missing")
            .description("Share of what was scored without a value of the feature")
            .register(registry);
    unwatched =
        MultiGauge.builder("weir.model.unwatched.timestamp.seconds")
            .description("Since when scores wait for drift: its newest run, or the first score")
            .register(registry);
  }

  /** Replaces what is shown. */
  public void show(List<ModelFigures> models) {
    figures.forEach((name, gauge) -> gauge.register(rows(name, models), true));
    var indices = new ArrayList<MultiGauge.Row<?>>();
    var shares = new ArrayList<MultiGauge.Row<?>>();
    for (ModelFigures model : models) {
      for (ModelFigures.Feature feature : model.features()) {
        Tags tags = tags(model).and("feature", feature.name());
        indices.add(MultiGauge.Row.of(tags, feature.psi()));
        shares.add(MultiGauge.Row.of(tags, feature.missing()));
      }
    }
    psi.register(indices, true);
    missing.register(shares, true);
  }

  /** Replaces since when scores of each kind wait to be compared. */
  public void showUnwatched(Map<String, Double> since) {
    var rows = new ArrayList<MultiGauge.Row<?>>();
    since.forEach(
        (subject, time) -> rows.add(MultiGauge.Row.of(Tags.of("subject", subject), time)));
    unwatched.register(rows, true);
  }

  private static List<MultiGauge.Row<?>> rows(String name, List<ModelFigures> models) {
    var rows = new ArrayList<MultiGauge.Row<?>>();
    for (ModelFigures model : models) {
      Double value = model.figures().get(name);
      if (value != null) {
        rows.add(MultiGauge.Row.of(tags(model), value));
      }
    }
    return rows;
  }

  private static Tags tags(ModelFigures model) {
    return Tags.of("model", model.model(), "version", model.version());
  }
}
