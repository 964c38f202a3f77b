package io.weir.stream.ops;

import io.weir.stream.processor.LagProbe;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/** The consumers' lag by partition number, all input topics together, read from their metrics. */
public final class ConsumerLag implements LagProbe {
  private static final long FRESH_NANOS = 400_000_000L;

  private @Nullable Supplier<Map<MetricName, ? extends Metric>> metrics;
  private Map<Integer, Long> lags = Map.of();
  private long readAt;

  /** The metrics come from the client, which is built from the topology that asks for the lag. */
  public synchronized void follow(Supplier<Map<MetricName, ? extends Metric>> metrics) {
    this.metrics = metrics;
  }

  @Override
  public synchronized long lag(int partition) {
    refresh();
    return lags.getOrDefault(partition, 0L);
  }

  /** By partition number, those without lag left out. */
  public synchronized Map<Integer, Long> byPartition() {
    refresh();
    return new TreeMap<>(lags);
  }

  public synchronized long total() {
    refresh();
    long total = 0;
    for (long lag : lags.values()) {
      total += lag;
    }
    return total;
  }

  private void refresh() {
    long now = System.nanoTime();
    if (metrics == null || (now - readAt < FRESH_NANOS && readAt != 0)) {
      return;
    }
    readAt = now;
    var read = new HashMap<Integer, Long>();
    metrics
        .get()
        .forEach((name, metric) -> {
          String partition = name.tags().get("partition");
          if (partition != null
              && name.name().equals("records-lag")
              && metric.metricValue() instanceof Double lag
              && lag > 0) {
            read.merge(Integer.parseInt(partition), lag.longValue(), Long::sum);
          }
        });
    lags = read;
  }
}
