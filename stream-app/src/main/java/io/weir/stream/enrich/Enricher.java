package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;

/** Adds to an accepted event what follows from it, or takes away what may not be kept. */
@FunctionalInterface
public interface Enricher {
  /** Returns whether the event was changed. */
  boolean enrich(EnrichedEvent event);

  /**
   * Whether the event must not go on when this fails. True of what protects people: their data must
   * not pass because of a fault. Others are left out when they fail.
   */
  default boolean isProtective() {
    return false;
  }
}
