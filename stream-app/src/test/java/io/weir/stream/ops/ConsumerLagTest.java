package io.weir.stream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.Metrics;
import org.junit.jupiter.api.Test;

class ConsumerLagTest {
  private final ConsumerLag lag = new ConsumerLag();
  private final Metrics consumer = consumer(lag);

  private static Metrics consumer(ConsumerLag lag) {
    var reporter = new LagReporter();
    reporter.configure(Map.of("weir.consumer.lag", lag));
    var metrics = new Metrics();
    metrics.addReporter(reporter);
    return metrics;
  }

  private MetricName report(String name, String topic, int partition, double value) {
    MetricName metric =
        consumer.metricName(name, "group", Map.of("topic", topic, "partition", "" + partition));
    consumer.addMetric(metric, (Gauge<Double>) (_, _) -> value);
    return metric;
  }

  @Test
  void lag_isThatOfAllTopicsOfAPartition() {
    report("records-lag", "raw", 3, 5);
    report("records-lag", "rekeyed", 3, 2);
    report("records-lag", "raw", 4, 1);
    report("records-lag", "raw", 5, 0);
    report("records-lag-max", "raw", 3, 100);

    assertThat(lag.lag(3)).hasValue(7);
    assertThat(lag.lag(5)).hasValue(0);
    assertThat(lag.total()).isEqualTo(8);
    assertThat(lag.byPartition()).isEqualTo(Map.of(3, 7L, 4, 1L));
  }

  @Test
  void lagOfAPartitionThatIsNotReadYet_isUnknown() {
    report("records-lag", "raw", 3, Double.NaN);
    report("records-lag", "rekeyed", 3, 0);

    assertThat(lag.lag(3)).isEmpty();
    assertThat(lag.lag(9)).isEmpty();
    assertThat(lag.total()).isZero();
  }

  @Test
  void lagOfAPartitionThatWasGivenAway_isUnknown() {
    MetricName metric = report("records-lag", "raw", 3, 5);

    consumer.removeMetric(metric);

    assertThat(lag.lag(3)).isEmpty();
  }

  @Test
  void consumerThatWasClosed_hasNoLag() {
    report("records-lag", "raw", 3, 5);

    consumer.close();

    assertThat(lag.total()).isZero();
  }

  @Test
  void otherReporters_stay() {
    var properties = new Properties();
    LagReporter.add(properties, lag);
    var given = new Properties();
    given.put("metric.reporters", "com.example.Mine");
    LagReporter.add(given, lag);

    assertThat(List.of(properties, given))
        .extracting(p -> p.get("main.consumer.metric.reporters"))
        .containsExactly(
            JmxReporter.class.getName() + "," + LagReporter.class.getName(),
            "com.example.Mine," + LagReporter.class.getName());
  }
}
