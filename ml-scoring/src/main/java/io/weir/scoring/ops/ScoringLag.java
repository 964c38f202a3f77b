package io.weir.scoring.ops;

import io.weir.process.streams.StreamRunner;
import org.apache.kafka.common.Metric;

/** The records that lie on the topic and were not read yet. */
public final class ScoringLag {
  private final StreamRunner stream;

  public ScoringLag(StreamRunner stream) {
    this.stream = stream;
  }

  /** How many there are, as the consumers see it; NaN before the start. */
  public double records() {
    if (stream.metrics().isEmpty()) {
      return Double.NaN;
    }
    double lag = 0;
    for (Metric metric : stream.metrics().values()) {
      if (metric.metricName().name().equals("records-lag")
          && metric.metricValue() instanceof Double value
          && !value.isNaN()) {
        lag += value;
      }
    }
    return lag;
  }
}
