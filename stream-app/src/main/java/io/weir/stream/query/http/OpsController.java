package io.weir.stream.query.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.weir.process.streams.StreamRunner;
import io.weir.stream.ops.StateDisk;
import io.weir.stream.ops.StreamMetrics;
import java.util.Map;

/** For orchestrators and Prometheus. */
@Controller
final class OpsController {
  private final StreamRunner runner;
  private final StreamMetrics metrics;
  private final StateDisk disk;

  OpsController(StreamRunner runner, StreamMetrics metrics, StateDisk disk) {
    this.runner = runner;
    this.metrics = metrics;
    this.disk = disk;
  }

  /** Alive: the process answers. The process ends itself on errors it cannot recover from. */
  @Get("/health")
  Health health() {
    return Health.of(Map.of("process", "ok"));
  }

  @Get("/ready")
  HttpResponse<Health> ready() {
    String client = runner.isRunning() ? "ok" : "the stream client is " + runner.state();
    Health health = Health.of(Map.of("streams", client, "disk", disk.problem().orElse("ok")));
    return health.isUp() ? HttpResponse.ok(health) : HttpResponse.serverError(health).status(503);
  }

  @Get(value = "/metrics", produces = MediaType.TEXT_PLAIN)
  String metrics() {
    return metrics.scrape();
  }
}
