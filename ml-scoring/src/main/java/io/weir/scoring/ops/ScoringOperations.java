package io.weir.scoring.ops;

import io.weir.http.Health;
import io.weir.http.Operations;
import io.weir.scoring.registry.Registry;

/** The answers of this service to orchestrators and Prometheus. */
public final class ScoringOperations implements Operations {
  private final ScoringHealth health;
  private final ScoringMetrics metrics;
  private final Registry registry;

  public ScoringOperations(ScoringHealth health, ScoringMetrics metrics, Registry registry) {
    this.health = health;
    this.metrics = metrics;
    this.registry = registry;
  }

  @Override
  public Health ready() {
    return Health.of(health.checks(), health.warnings());
  }

  @Override
  public String metrics() {
    return metrics.scrape(registry);
  }
}
