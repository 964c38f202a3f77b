package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Runs one enrichment, counts its outcomes, and measures its time when asked to. Each event has one
 * of three outcomes: changed, failed, or nothing to add.
 */
public final class EnrichmentStep {
  private final String name;
  private final Enricher enricher;
  private final LongSupplier nanos;
  private final BiConsumer<String, RuntimeException> failures;
  private final LongAdder changed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder samples = new LongAdder();
  private final LongAdder sampledNanos = new LongAdder();

  EnrichmentStep(
      String name,
      Enricher enricher,
      LongSupplier nanos,
      BiConsumer<String, RuntimeException> failures) {
    this.name = name;
    this.enricher = enricher;
    this.nanos = nanos;
    this.failures = failures;
  }

  boolean run(EnrichedEvent event) {
    try {
      boolean isChanged = enricher.enrich(event);
      if (isChanged) {
        changed.increment();
      }
      return isChanged;
    } catch (RuntimeException e) {
      failed.increment();
      if (enricher.isProtective()) {
        throw e;
      }
      failures.accept(name, e);
      return false;
    }
  }

  boolean runMeasured(EnrichedEvent event) {
    long start = nanos.getAsLong();
    boolean isChanged = run(event);
    sampledNanos.add(nanos.getAsLong() - start);
    samples.increment();
    return isChanged;
  }

  public String name() {
    return name;
  }

  /** The number of events that the enrichment changed. */
  public long changed() {
    return changed.sum();
  }

  /** The number of events on which the enrichment failed. */
  public long failed() {
    return failed.sum();
  }

  /** The number of timed events: one in {@link EnricherChain#SAMPLED}. */
  public long samples() {
    return samples.sum();
  }

  /** The total time of the timed events. */
  public long sampledNanos() {
    return sampledNanos.sum();
  }
}
