package io.weir.stream.ops;

import io.weir.http.Health;
import io.weir.http.Operations;
import io.weir.process.streams.StreamRunner;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answers of this service to orchestrators and Prometheus. */
public final class StreamOperations implements Operations {
  private final StreamRunner runner;
  private final StateDisk disk;
  private final StreamMetrics metrics;

  public StreamOperations(StreamRunner runner, StateDisk disk, StreamMetrics metrics) {
    this.runner = runner;
    this.disk = disk;
    this.metrics = metrics;
  }

  @Override
  public Health alive() {
    return Health.of(Map.of("process", Health.OK));
  }

  /** Adds this service's health to its metrics. */
  public StreamOperations watched(RestoreProgress restore, Path stateDir) {
    metrics.watch(() -> ready().isUp(), restore, stateDir);
    return this;
  }

  @Override
  public Health ready() {
    var checks = new LinkedHashMap<String, String>();
    checks.put(
        "streams", runner.isServing() ? Health.OK : "the stream client is " + runner.state());
    checks.put("disk", disk.problem().orElse(Health.OK));
    return Health.of(checks);
  }

  @Override
  public String metrics() {
    return metrics.scrape();
  }
}
