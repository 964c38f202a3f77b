package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;

/** Adds to an accepted event what follows from it. Never fails because of what the event says. */
@FunctionalInterface
public interface Enricher {
  void enrich(EnrichedEvent event);
}
