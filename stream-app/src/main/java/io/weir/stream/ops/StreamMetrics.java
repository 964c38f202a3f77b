package io.weir.stream.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.stream.enrich.EnrichmentStep;
import io.weir.stream.processor.IngestCounts;
import io.weir.stream.processor.StreamProgress;
import io.weir.stream.processor.visitors.VisitorCache;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The figures an operator watches, in Prometheus' text form. */
public final class StreamMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  public StreamMetrics(
      IngestCounts counts,
      VisitorCache visitors,
      StreamProgress progress,
      ConsumerLag lag,
      List<EnrichmentStep> enrichments) {
    outcomes(counts);
    counter("weir.visitors.read", "visitors not found in memory", visitors.read);
    Gauge.builder("weir.visitors.memory", visitors, VisitorCache::used)
        .baseUnit("bytes")
        .description("visitors in memory, of WEIR_STREAM_CACHE_MEMORY")
        .register(registry);
    Gauge.builder("weir.raw.lag", lag, ConsumerLag::total)
        .description("raw records not read yet")
        .register(registry);
    Gauge.builder("weir.partitions.assigned", progress, p -> p.partitions().size())
        .description("partitions this process works on")
        .register(registry);
    enrichments.forEach(this::enrichment);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  private void outcomes(IngestCounts counts) {
    counter(
        "weir.raw.received",
        "raw records read: of all instances weir_events_accepted_total + duplicate + rejected."
            + " Records of an aborted transaction are processed and count again, here and there;"
            + " gold.quality is exact",
        counts.received);
    counter("weir.events.accepted", "events written, late ones too", counts.accepted);
    counter("weir.events.duplicate", "duplicates dropped", counts.duplicate);
    counter("weir.events.rejected", "records refused", counts.rejected);
    counter(
        "weir.events.rekeyed",
        "records sent to their right partition, received once",
        counts.rekeyed);
    counter("weir.events.late", "events beyond the allowed lateness, of the accepted", counts.late);
    counter("weir.records.unsendable", "records too large for their topic", counts.unsendable);
    counter("weir.sessions.closed", "sessions emitted for the first time", counts.sessionsClosed);
    counter("weir.sessions.revised", "session revisions", counts.sessionsRevised);
    counter("weir.sessions.bots", "sessions of robots, by agent or behaviour", counts.botSessions);
    counter("weir.sessions.retracted", "session retractions", counts.sessionsRetracted);
  }

  private void counter(String name, String description, LongAdder count) {
    FunctionCounter.builder(name, count, LongAdder::sum)
        .description(description)
        .register(registry);
  }

  private void enrichment(EnrichmentStep step) {
    FunctionCounter.builder("weir.enrichment.changed", step, EnrichmentStep::changed)
        .description("events an enrichment changed")
        .tag("enrichment", step.name())
        .register(registry);
    FunctionCounter.builder("weir.enrichment.failed", step, EnrichmentStep::failed)
        .description("events an enrichment failed on")
        .tag("enrichment", step.name())
        .register(registry);
    FunctionTimer.builder(
            "weir.enrichment.time",
            step,
            EnrichmentStep::samples,
            EnrichmentStep::sampledNanos,
            TimeUnit.NANOSECONDS)
        .description("time of an enrichment, one event in 64")
        .tag("enrichment", step.name())
        .register(registry);
  }

  /** Adds what tells an operator whether the next record would succeed. */
  public void watch(BooleanSupplier isReady, RestoreProgress restore, Path stateDir) {
    Gauge.builder("weir.stream.ready", () -> isReady.getAsBoolean() ? 1 : 0)
        .description("1 when the next record would be processed")
        .register(registry);
    Gauge.builder("weir.restore.records", restore::left)
        .description("records that stores have to read from their changelogs before they work")
        .register(registry);
    FunctionCounter.builder("weir.restored.records", restore, RestoreProgress::restored)
        .description("records that stores read from their changelogs before they worked")
        .register(registry);
    new DiskSpaceMetrics(stateDir.toFile()).bindTo(registry);
  }

  /** Adds the records of the last hour that have no outcome, or more than one. */
  public void balance(LongSupplier unbalanced) {
    Gauge.builder("weir.balance.records", unbalanced::getAsLong)
        .description("records of the last hour with no outcome or several: zero, or a defect")
        .register(registry);
  }

  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
