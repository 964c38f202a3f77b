package io.weir.stream.query.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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
  @Operation(summary = "Instances of the group, their partitions, and the data flow")
  @ApiResponse(responseCode = "200", description = "the group as this instance knows it")
  ClusterAnswers.Topology topology() {
    return report.topology();
  }

  @Get("/lag")
  @Operation(summary = "How far this instance is behind")
  @ApiResponse(
      responseCode = "200",
      description = "raw records not read, and changes its copies of the state have not seen")
  ClusterAnswers.Lag lag() {
    return report.lag();
  }
}
