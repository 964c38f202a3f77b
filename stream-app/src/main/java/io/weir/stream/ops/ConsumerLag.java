package io.weir.stream.ops;

import io.weir.stream.processor.LagProbe;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * The consumers' lag by partition number, all input topics together, read from their metrics.
 * {@link LagReporter} adds and removes the metrics: a search through all metrics of the client
 * takes longer than a hundred events.
 */
public final class ConsumerLag implements LagProbe {
  private final Map<KafkaMetric, Integer> partitions = new ConcurrentHashMap<>();

  void add(KafkaMetric metric, int partition) {
    partitions.put(metric, partition);
  }

  void remove(KafkaMetric metric) {
    partitions.remove(metric);
  }

  /** The lag is unknown as long as that of one topic is, because the topic may have a backlog. */
  @Override
  public OptionalLong lag(int partition) {
    boolean isKnown = false;
    long lag = 0;
    for (Map.Entry<KafkaMetric, Integer> entry : partitions.entrySet()) {
      if (entry.getValue() == partition) {
        double own = metricValue(entry.getKey());
        if (!(own >= 0)) {
          return OptionalLong.empty();
        }
        isKnown = true;
        lag += (long) own;
      }
    }
    return isKnown ? OptionalLong.of(lag) : OptionalLong.empty();
  }

  /** The lags by partition number, without partitions that have no lag. */
  public Map<Integer, Long> byPartition() {
    var lags = new TreeMap<Integer, Long>();
    partitions.forEach((metric, partition) -> lags.merge(partition, value(metric), Long::sum));
    lags.values().removeIf(lag -> lag == 0);
    return lags;
  }

  public long total() {
    long total = 0;
    for (KafkaMetric metric : partitions.keySet()) {
      total += value(metric);
    }
    return total;
  }

  private static long value(KafkaMetric metric) {
    return (long) Math.max(0, metricValue(metric));
  }

  /** The lag of one metric: not a number, or below zero, until the broker's first answer. */
  private static double metricValue(KafkaMetric metric) {
    return metric.metricValue() instanceof Double lag ? lag : Double.NaN;
  }
}
