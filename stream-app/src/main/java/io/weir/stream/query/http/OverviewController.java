package io.weir.stream.query.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.stream.query.overview.CountsAnswer;
import io.weir.stream.query.overview.GroupOverview;
import io.weir.stream.query.overview.OpenAnswer;
import io.weir.stream.query.overview.OpenOrder;
import io.weir.stream.query.overview.RecentAnswer;
import org.jspecify.annotations.Nullable;

/** The questions about all visitors; another instance gets the answer of this one alone. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OverviewController {
  private final GroupOverview overview;

  OverviewController(GroupOverview overview) {
    this.overview = overview;
  }

  @Get("/sessions/open")
  @Operation(summary = "Open sessions of all instances")
  @ApiResponse(
      responseCode = "200",
      description =
          "of at most 5,000 open sessions per instance; complete is false when there are more")
  @QueryApi.BadRequest
  OpenAnswer open(
      HttpRequest<?> request,
      @Parameter(
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
          @QueryValue
          @Nullable String limit,
      @Parameter(
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {"newest", "oldest", "longest", "events"},
                      defaultValue = "newest"))
          @QueryValue
          @Nullable String order) {
    OpenOrder by = Parameters.order(order);
    int most = Parameters.limit(limit);
    return Parameters.isForwarded(request) ? overview.ownOpen(by, most) : overview.open(by, most);
  }

  @Get("/sessions/recent")
  @Operation(
      summary = "The sessions that were emitted last, by all instances, newest first, at most 50",
      description =
          "Since the instances started, in the order in which they emitted them; with several"
              + " instances in the order in which the sessions ended.")
  @ApiResponse(responseCode = "200", description = "sessions")
  RecentAnswer recent(HttpRequest<?> request) {
    return Parameters.isForwarded(request) ? overview.ownRecent() : overview.recent();
  }

  @Get("/counts")
  @Operation(summary = "What goes on now on all instances")
  @ApiResponse(responseCode = "200", description = "counts and top lists of the open sessions")
  CountsAnswer counts(HttpRequest<?> request) {
    return Parameters.isForwarded(request) ? overview.ownCounts() : overview.counts();
  }
}
