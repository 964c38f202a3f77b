package io.weir.stream.ops;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;

/**
 * Hands the lag metrics of a consumer to {@link ConsumerLag}. Kafka creates this class by name, one
 * for each consumer that reads input topics.
 */
public final class LagReporter implements MetricsReporter {
  private static final String LAG = "weir.consumer.lag";
  private static final String METRIC = "records-lag";
  private static final String REPORTERS = "metric.reporters";
  private static final String MAIN = "main.consumer.";

  private final Set<KafkaMetric> mine = ConcurrentHashMap.newKeySet();
  private @Nullable ConsumerLag lag;

  /** Adds this reporter to the metrics reporters of a Streams client's consumers. */
  public static void add(Properties streams, ConsumerLag lag) {
    Object others = JmxReporter.class.getName();
    for (String prefix : List.of("", "consumer.", MAIN)) {
      others = streams.getOrDefault(prefix + REPORTERS, others);
    }
    streams.put(MAIN + REPORTERS, others + "," + LagReporter.class.getName());
    streams.put(MAIN + LAG, lag);
  }

  @Override
  public void configure(Map<String, ?> configs) {
    if (!(configs.get(LAG) instanceof ConsumerLag to)) {
      throw new IllegalArgumentException(LAG + " is not set");
    }
    lag = to;
  }

  @Override
  public void init(List<KafkaMetric> metrics) {
    metrics.forEach(this::metricChange);
  }

  @Override
  public void metricChange(KafkaMetric metric) {
    String partition = metric.metricName().tags().get("partition");
    if (lag != null && partition != null && metric.metricName().name().equals(METRIC)) {
      mine.add(metric);
      lag.add(metric, Integer.parseInt(partition));
    }
  }

  @Override
  public void metricRemoval(KafkaMetric metric) {
    if (lag != null && mine.remove(metric)) {
      lag.remove(metric);
    }
  }

  @Override
  public void close() {
    mine.forEach(this::metricRemoval);
  }
}
