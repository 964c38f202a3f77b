package io.weir.stream.query.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.weir.stream.query.cluster.ClusterAnswers;
import io.weir.stream.query.cluster.ClusterReport;

/** For operators: who does what, and how far it is. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ClusterController {
  private final ClusterReport report;

  ClusterController(ClusterReport report) {
    this.report = report;
  }

  @Get("/topology")
  ClusterAnswers.Topology topology() {
    return report.topology();
  }

  @Get("/lag")
  ClusterAnswers.Lag lag() {
    return report.lag();
  }
}
