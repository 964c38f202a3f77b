package io.weir.stream.query.http;

import io.micronaut.openapi.annotation.OpenAPIExtraSchema;
import io.micronaut.openapi.annotation.OpenAPIInclude;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.OpenApiController;
import io.weir.http.OpsController;
import io.weir.http.Problem;
import io.weir.stream.query.reports.ReportAnswer;

/** The head of the OpenAPI document, and the answers that several operations give. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Weir stream-app",
            version = "1",
            description =
                "What the stream knows now. Answers come from the state stores of the running"
                    + " instances; counters are those of the answering process since it started."))
// No method returns it in the document: the file of the reports adds the rows.
@OpenAPIExtraSchema(classes = ReportAnswer.class)
@OpenAPIInclude({OpsController.class, OpenApiController.class})
interface QueryApi {

  /** The answers to a request that cannot be answered as it is. */
  @ApiResponse(
      responseCode = "400",
      description =
          "the detail names what is wrong and what would be right; unknown parameters are refused",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(
      responseCode = "413",
      description = "the address or the body is longer than the service reads",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @interface BadRequest {}

  /** The answer about something that is not in memory. */
  @ApiResponse(
      responseCode = "404",
      description = "not in memory",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @interface NotFound {}

  /** The answer while nobody can answer. */
  @ApiResponse(
      responseCode = "503",
      description =
          "partitions are moving, or nobody who knows answers; ask again after Retry-After seconds",
      headers = @Header(name = "Retry-After", schema = @Schema(type = "integer")),
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @interface NotNow {}
}
