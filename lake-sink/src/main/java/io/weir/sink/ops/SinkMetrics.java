package io.weir.sink.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.LongSupplier;

/** The meters of all loops, in the text form of Prometheus. */
public final class SinkMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  public LoopMeters loop(String table) {
    return new LoopMeters(registry, table);
  }

  /** Counts a failed maintenance of a table. */
  public void maintenanceFailed(String table) {
    Counter.builder("weir.sink.maintenance.failures")
        .description("Maintenance of a table that failed and will be tried again")
        .tag("table", table)
        .register(registry)
        .increment();
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

  public String text() {
    return registry.scrape();
  }
}
