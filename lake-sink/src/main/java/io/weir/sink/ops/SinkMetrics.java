package io.weir.sink.ops;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The meters of all loops, in the text form of Prometheus. */
public final class SinkMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  public LoopMeters loop(String table) {
    return new LoopMeters(registry, table);
  }

  public String text() {
    return registry.scrape();
  }
}
