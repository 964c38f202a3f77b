package io.weir.scoring.ops;

import io.weir.http.Health;
import io.weir.http.Operations;
import io.weir.scoring.registry.Registry;
import java.util.List;

/** The answers of this service to orchestrators and Prometheus. */
public final class ScoringOperations implements Operations {
  private final ScoringHealth health;
  private final ScoringMetrics metrics;
  private final Registry registry;
  private final List<SideLine> sides;

  /**
   * The answers about all models.
   *
   * @param sides the models beside the one that scores sessions
   */
  public ScoringOperations(
      ScoringHealth health, ScoringMetrics metrics, Registry registry, List<SideLine> sides) {
    this.health = health;
    this.metrics = metrics;
    this.registry = registry;
    this.sides = List.copyOf(sides);
  }

  @Override
  public Health ready() {
    return Health.of(health.checks(), health.warnings());
  }

  @Override
  public String metrics() {
    return metrics.scrape(registry, sides);
  }
}
