package io.weir.scoring.serve;

import io.micronaut.openapi.annotation.OpenAPIInclude;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.OpenApiController;
import io.weir.http.OpsController;
import io.weir.http.Problem;

/** The head of the OpenAPI document, and the answer that several operations give. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Weir scoring",
            version = "0.1.0",
            description = "Conversion scores of sessions, and the model they come from.",
            license =
                @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")))
@OpenAPIInclude({OpsController.class, OpenApiController.class})
interface ScoringApi {

  /** The answer to a request that is too long. */
  @ApiResponse(
      responseCode = "413",
      description = "The address or the body is longer than the service reads.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @interface TooLarge {}

  /** The answer while there is no model. */
  @ApiResponse(
      responseCode = "503",
      description = "There is no model yet.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @interface NoModel {}

  /** The answers when scores are asked for by visitor. */
  @ApiResponse(
      responseCode = "404",
      description = "The visitor is not known or has no open session.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(
      responseCode = "501",
      description = "The service does not know where stream-app is.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(
      responseCode = "502",
      description = "stream-app does not answer this question.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(
      responseCode = "503",
      description =
          "There is no model yet, or stream-app does not answer. With Retry-After: stream-app cannot"
              + " say now whether the visitor has a session; ask again after so many seconds.",
      headers = @Header(name = "Retry-After", schema = @Schema(type = "integer")),
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @interface NoVisitor {}

  /** The same for clients of the Open Inference Protocol. */
  @ApiResponse(
      responseCode = "503",
      description = "There is no model yet.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = InferenceProblem.class)))
  @interface NoModelToInfer {}

  /** The answers when a model is not in use. */
  @ApiResponse(
      responseCode = "404",
      description = "The model in use has another name or version.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = InferenceProblem.class)))
  @NoModelToInfer
  @interface NotServed {}
}
