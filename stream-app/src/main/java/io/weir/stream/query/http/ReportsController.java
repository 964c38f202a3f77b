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
import io.weir.stream.query.reports.GoldReport;
import io.weir.stream.query.reports.ReportAnswer;
import io.weir.stream.query.reports.ReportCsv;
import io.weir.stream.query.reports.ReportRequest;
import io.weir.stream.query.reports.SessionReports;
import org.jspecify.annotations.Nullable;

/** Reports from the views of gold, where a figure is not enough. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReportsController {
  private static final String NO_SUCH = "no such report; /v1/reports lists them";

  private static final String TRUNCATED = "Weir-Truncated";

  private final SessionReports reports;

  ReportsController(SessionReports reports) {
    this.reports = reports;
  }

  @Get("/reports")
  @Operation(summary = "The reports that can be asked for")
  @ApiResponse(responseCode = "200", description = "definitions")
  ReportAnswer.ListOfReports list() {
    return ReportAnswer.ListOfReports.all();
  }

  @Get(
      value = "/reports/{name}",
      produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_CSV})
  @Operation(
      summary = "The rows of a report, from PostgreSQL",
      description =
          "This document also has each report as a path of its own, with its parameters and types."
              + " Retention, touches, distributions, carts, the ordered funnel, and why numbers changed."
              + " People only, closed sessions only, days of the site. The answer has the SQL that"
              + " gives the same rows. With CSV, the header Weir-Truncated: true says that there are"
              + " more rows.")
  @ApiResponse(
      responseCode = "200",
      description = "the rows, and the SQL that gives them",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(ref = "#/components/schemas/AnyReport")),
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
  HttpResponse<?> report(
      @PathVariable String name,
      @RequestBean ReportParameters parameters,
      HttpRequest<?> http,
      @Parameter(
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {Parameters.JSON, Parameters.CSV},
                      defaultValue = Parameters.JSON))
          @QueryValue
          @Nullable String format) {
    boolean isCsv = Parameters.isCsv(format);
    ReportRequest request = parameters.of(http);
    return NamedAnswer.of(
        GoldReport.named(name),
        NO_SUCH,
        report -> {
          ReportAnswer answer = reports.answer(report, request);
          return isCsv
              ? csv(answer)
              : HttpResponse.ok(answer).contentType(MediaType.APPLICATION_JSON_TYPE);
        });
  }

  /** CSV has no place for the mark that JSON has, so a header says that rows are missing. */
  static HttpResponse<?> csv(ReportAnswer answer) {
    return HttpResponse.ok(ReportCsv.of(answer))
        .contentType(MediaType.TEXT_CSV_TYPE)
        .header(TRUNCATED, String.valueOf(answer.truncated()));
  }
}
