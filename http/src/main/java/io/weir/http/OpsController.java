package io.weir.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.access.Allowed;
import io.weir.http.access.Open;
import java.time.InstantSource;

/**
 * The endpoints for orchestrators and Prometheus. A stranger learns whether the service is ready,
 * not why.
 */
@Controller
public final class OpsController {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Operations operations;
  private final CertificateMetrics certificates;

  OpsController(Operations operations, ListenAddress address) {
    this.operations = operations;
    this.certificates =
        new CertificateMetrics(address.tls().certificates(), InstantSource.system());
  }

  @Open
  @Get("/health")
  @Operation(summary = "The process is alive")
  @ApiResponse(
      responseCode = "200",
      description = "alive, whatever it waits for",
      content = @Content(schema = @Schema(implementation = Health.class)))
  public Health health() {
    return operations.alive();
  }

  @Open
  @Get("/ready")
  @Operation(summary = "The next record would be processed")
  @ApiResponse(
      responseCode = "200",
      description = "ready",
      content = @Content(schema = @Schema(implementation = Health.class)))
  @ApiResponse(
      responseCode = "503",
      description = "not ready; checks say which part and why",
      content = @Content(schema = @Schema(implementation = Health.class)))
  public HttpResponse<Health> ready(HttpRequest<?> request) {
    Health known = operations.ready();
    Health health = Doorkeeper.isStranger(request) ? known.withoutReasons() : known;
    return health.isUp()
        ? HttpResponse.ok(health)
        : HttpResponse.<Health>status(HttpStatus.SERVICE_UNAVAILABLE).body(health);
  }

  @Allowed({})
  @Get(value = "/metrics", produces = PROMETHEUS)
  @Operation(summary = "Prometheus metrics")
  @ApiResponse(
      responseCode = "200",
      description = "text format 0.0.4",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              schema = @Schema(implementation = String.class)))
  public String metrics() {
    return operations.metrics() + certificates.text();
  }
}
