package io.weir.sink.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** The meters of all loops, in the text form of Prometheus. */
public final class SinkMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  public LoopMeters loop(String table) {
    return new LoopMeters(registry, table);
  }

  /** Adds the metrics of the process and of the disk with its temporary files. */
  public void process(Path temporary) {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new DiskSpaceMetrics(temporary.toFile()).bindTo(registry);
  }

  /** Registers the gauge of a loop's health. */
  public void health(LoopHealth loop) {
    Gauge.builder("weir.sink.ready", () -> loop.problem().isEmpty() ? 1 : 0)
        .description("1 when the next record of this part would succeed")
        .tag("part", loop.name())
        .register(registry);
  }

  /**
   * Registers the counter of a table's failed maintenance, so that its first failure is a change.
   */
  public void maintained(String table) {
    maintenanceFailures(table);
  }

  /** Counts a failed maintenance of a table. */
  public void maintenanceFailed(String table) {
    maintenanceFailures(table).increment();
  }

  private Counter maintenanceFailures(String table) {
    return Counter.builder("weir.sink.maintenance.failures")
        .description("Maintenance of a table that failed and will be tried again")
        .tag("table", table)
        .register(registry);
  }

  /**
   * Registers the gauge of the bytes that all tables together hold of {@code
   * WEIR_SINK_BUFFER_SIZE}.
   */
  public void buffer(LongSupplier bytes) {
    Gauge.builder("weir.sink.buffer", bytes::getAsLong)
        .description("Memory of rows that are in no file yet, all tables together")
        .baseUnit("bytes")
        .register(registry);
  }

  /** Registers the gauges of how the models do. */
  public ModelMeters models() {
    return new ModelMeters(registry);
  }

  public String text() {
    return registry.scrape();
  }
}
