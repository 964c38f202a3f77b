package io.weir.sink.ops;

import io.weir.http.Health;
import io.weir.http.Operations;
import java.util.LinkedHashMap;
import java.util.List;

/** The answers of this service to orchestrators and Prometheus. */
public final class SinkOperations implements Operations {
  private final List<LoopHealth> loops;
  private final SinkMetrics metrics;

  public SinkOperations(List<LoopHealth> loops, SinkMetrics metrics) {
    this.loops = List.copyOf(loops);
    this.metrics = metrics;
  }

  @Override
  public Health ready() {
    var checks = new LinkedHashMap<String, String>();
    loops.forEach(loop -> checks.put(loop.name(), loop.problem().orElse(Health.OK)));
    return Health.of(checks);
  }

  @Override
  public String metrics() {
    return metrics.text();
  }
}
