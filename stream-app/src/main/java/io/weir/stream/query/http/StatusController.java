package io.weir.stream.query.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
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
  StatusAnswer status() {
    return report.now();
  }
}
