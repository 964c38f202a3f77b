package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;

/** Adds to an accepted event what follows from it, or takes away what may not be kept. */
@FunctionalInterface
public interface Enricher {
  /** Returns whether the event was changed. */
  boolean enrich(EnrichedEvent event);

  /**
   * Whether the event must stop when this enrichment fails. True for enrichments that protect
   * people: a fault must not let their data pass. Any other enrichment that fails is skipped.
   */
  default boolean isProtective() {
    return false;
  }
}
