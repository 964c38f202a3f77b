package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.util.List;

/** The enrichments in their order: later ones build on earlier ones. Serves many threads. */
public final class EnricherChain implements Enricher {
  /** One event in this many is timed. */
  public static final int SAMPLED = 64;

  private final EnrichmentStep[] steps;

  /** Threads may overwrite each other's count: it only spreads the samples. */
  private int count;

  EnricherChain(List<EnrichmentStep> steps) {
    this.steps = steps.toArray(EnrichmentStep[]::new);
  }

  /** All enrichments with their usual rules, without a geo file. */
  public static EnricherChain standard() {
    return new Enrichments(EnrichmentRules.standard())
        .chain(
            System::nanoTime,
            (_, e) -> {
              throw e;
            });
  }

  public List<EnrichmentStep> steps() {
    return List.of(steps);
  }

  @Override
  public boolean enrich(EnrichedEvent event) {
    boolean isSampled = count++ % SAMPLED == 0;
    boolean isChanged = false;
    for (EnrichmentStep step : steps) {
      isChanged |= isSampled ? step.runMeasured(event) : step.run(event);
    }
    return isChanged;
  }
}
