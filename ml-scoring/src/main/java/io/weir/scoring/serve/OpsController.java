package io.weir.scoring.serve;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.weir.scoring.ops.ScoringHealth;
import io.weir.scoring.ops.ScoringMetrics;
import io.weir.scoring.registry.Registry;
import java.util.Map;

/** What a platform asks a service. */
@Controller
final class OpsController {
  private final ScoringHealth health;
  private final ScoringMetrics metrics;
  private final Registry registry;

  OpsController(ScoringHealth health, ScoringMetrics metrics, Registry registry) {
    this.health = health;
    this.metrics = metrics;
    this.registry = registry;
  }

  record Liveness(String status) {}

  record Readiness(String status, Map<String, String> checks, Map<String, String> warnings) {}

  /** The process lives, whatever it waits for. */
  @Get("/health")
  HttpResponse<String> health() {
    return Json.response(HttpStatus.OK, new Liveness("UP"));
  }

  @Get("/ready")
  HttpResponse<String> ready() {
    boolean isReady = health.isReady();
    HttpStatus status = isReady ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
    var readiness = new Readiness(isReady ? "UP" : "DOWN", health.checks(), health.warnings());
    return Json.response(status, readiness);
  }

  @Get("/metrics")
  @Produces("text/plain; version=0.0.4; charset=utf-8")
  String metrics() {
    return metrics.scrape(registry);
  }
}
