package io.weir.stream.query.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.stream.query.cluster.StatusAnswer;
import io.weir.stream.query.cluster.StatusReport;

/** Counters and progress of this instance. */
@Controller("/v1")
final class StatusController {
  private final StatusReport report;

  StatusController(StatusReport report) {
    this.report = report;
  }

  @Get("/status")
  @Operation(summary = "Counters and progress")
  @ApiResponse(
      responseCode = "200",
      description = "received = accepted + duplicate + rejected holds whenever lag is 0")
  StatusAnswer status() {
    return report.now();
  }
}
