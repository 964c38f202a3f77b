package io.weir.stream.query.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.Problem;
import io.weir.http.access.Allowed;
import io.weir.http.access.Role;
import io.weir.stream.query.metrics.MetricAnswer;
import io.weir.stream.query.metrics.MetricCsv;
import io.weir.stream.query.metrics.MetricSources;
import io.weir.stream.query.metrics.Metrics;
import io.weir.stream.query.metrics.PartialSums;
import org.jspecify.annotations.Nullable;

/** The business metrics, from the state of all instances. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class MetricsController {
  private static final String NO_SUCH = "no such metric; /v1/metrics lists them";

  private final MetricSources metrics;

  MetricsController(MetricSources metrics) {
    this.metrics = metrics;
  }

  @Get("/metrics")
  @Operation(summary = "The metrics that can be asked for, with their definitions")
  @ApiResponse(responseCode = "200", description = "definitions")
  MetricAnswer.ListOfMetrics metrics() {
    return MetricAnswer.ListOfMetrics.all();
  }

  @Get(
      value = "/metrics/{name}",
      produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_CSV})
  @Operation(
      summary = "The values of a metric over time",
      description =
          "Numbers are exact sums over all instances. Rates are computed from sums, never from"
              + " rates. One breakdown and one filter by the same dimension are answered without"
              + " PostgreSQL; with it, metrics of sessions and visitors take several filters beside"
              + " any breakdown, and visitors a breakdown. Engagement is always read there. Hours,"
              + " quarters and days of another zone than the site's are known for the last 35 days,"
              + " with PostgreSQL for longer. An answer has at most 100,000 pairs of bucket and"
              + " value.")
  @ApiResponse(
      responseCode = "200",
      description = "the definition, the finality and a row for each bucket and value",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = MetricAnswer.class)),
        @Content(mediaType = MediaType.TEXT_CSV, schema = @Schema(implementation = String.class))
      })
  @QueryApi.BadRequest
  @ApiResponse(
      responseCode = "404",
      description = NO_SUCH,
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @QueryApi.NotNow
  HttpResponse<?> metric(
      @PathVariable String name,
      @RequestBean MetricParameters parameters,
      HttpRequest<?> request,
      @Parameter(
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {Parameters.JSON, Parameters.CSV},
                      defaultValue = Parameters.JSON))
          @QueryValue
          @Nullable String format) {
    boolean isCsv = Parameters.isCsv(format);
    return NamedAnswer.of(
        Metrics.named(name),
        NO_SUCH,
        metric -> {
          MetricAnswer answer = metrics.answer(metric, parameters.of(request));
          return isCsv
              ? HttpResponse.ok(MetricCsv.of(answer)).contentType(MediaType.TEXT_CSV_TYPE)
              : HttpResponse.ok(answer).contentType(MediaType.APPLICATION_JSON_TYPE);
        });
  }

  @Allowed(Role.INSTANCE)
  @Get("/cells/{name}")
  @Operation(summary = "The sums of this instance's partitions, for the instance that was asked")
  @ApiResponse(
      responseCode = "200",
      description = "sums by bucket and value",
      content = @Content(schema = @Schema(implementation = PartialSums.class)))
  @QueryApi.BadRequest
  @ApiResponse(
      responseCode = "404",
      description = NO_SUCH,
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  HttpResponse<?> cells(
      @PathVariable String name,
      @RequestBean MetricParameters parameters,
      HttpRequest<?> request,
      @Parameter(
              description = "the grain of the cells to add up",
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {"15m", "day"}))
          @QueryValue
          @Nullable String cells) {
    String grain = cells == null ? "" : cells;
    return NamedAnswer.of(
        Metrics.named(name),
        NO_SUCH,
        metric -> HttpResponse.ok(metrics.ownSums(metric, parameters.of(request), grain)));
  }
}
