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
    var notes = new LinkedHashMap<String, String>();
    for (LoopHealth loop : loops) {
      checks.put(loop.name(), loop.problem().orElse(Health.OK));
      loop.note().ifPresent(note -> notes.put(loop.name(), note));
    }
    return notes.isEmpty() ? Health.of(checks) : Health.of(checks, notes);
  }

  @Override
  public String metrics() {
    return metrics.text();
  }
}
