package io.weir.scoring.ops;

import io.weir.http.Health;
import io.weir.http.Operations;
import io.weir.scoring.registry.Registry;
import java.util.List;

/** The answers of this service to orchestrators and Prometheus. */
public final class ScoringOperations implements Operations {
  private final ScoringHealth health;
  private final ScoringMetrics metrics;
  private final List<Registry> models;

  public ScoringOperations(ScoringHealth health, ScoringMetrics metrics, List<Registry> models) {
    this.health = health;
    this.metrics = metrics;
    this.models = List.copyOf(models);
  }

  @Override
  public Health ready() {
    return Health.of(health.checks(), health.warnings());
  }

  @Override
  public String metrics() {
    return metrics.scrape(models);
  }
}
