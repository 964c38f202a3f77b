package io.weir.scoring.serve;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.access.Allowed;
import io.weir.http.access.Role;
import io.weir.scoring.registry.Registry;
import io.weir.scoring.serve.InferenceAnswers.Live;
import io.weir.scoring.serve.InferenceAnswers.Ready;
import io.weir.scoring.serve.InferenceAnswers.Server;
import java.util.List;

/** The server's side of the Open Inference Protocol, version 2. */
@Allowed({Role.READER, Role.COLLECTOR, Role.INSTANCE})
@Controller
final class InferenceServerController {
  private final Registry registry;

  InferenceServerController(Registry registry) {
    this.registry = registry;
  }

  @Get("/v2")
  @Operation(summary = "Open Inference Protocol: the server.")
  Server server() {
    return new Server("weir-scoring", "0.1.0", List.of());
  }

  @Get("/v2/health/live")
  @Operation(summary = "Open Inference Protocol: does the server answer?")
  Live live() {
    return new Live(true);
  }

  @Get("/v2/health/ready")
  @Operation(summary = "Open Inference Protocol: is there a model to infer with?")
  @ApiResponse(
      responseCode = "200",
      description = "There is.",
      content = @Content(schema = @Schema(implementation = Ready.class)))
  @ScoringApi.NoModelToInfer
  HttpResponse<?> ready() {
    return registry.current().isPresent()
        ? HttpResponse.ok(new Ready(true))
        : InferenceProblem.response(HttpStatus.SERVICE_UNAVAILABLE, ModelController.NO_MODEL);
  }
}
