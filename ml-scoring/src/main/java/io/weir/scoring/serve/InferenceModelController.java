package io.weir.scoring.serve;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.access.Allowed;
import io.weir.http.access.Role;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.serve.InferenceAnswers.Ready;
import io.weir.scoring.serve.InferenceAnswers.ServedModel;
import io.weir.scoring.serve.InferenceAnswers.TensorKind;
import java.util.ArrayList;
import java.util.List;

/** The model's side of the Open Inference Protocol: what the model in use takes and gives. */
@Allowed({Role.READER, Role.COLLECTOR, Role.INSTANCE})
@Controller
final class InferenceModelController {
  private static final int ANY = -1;

  private final ServedModels models;

  InferenceModelController(ServedModels models) {
    this.models = models;
  }

  @Get("/v2/models/{name}")
  @Operation(summary = "Open Inference Protocol: the model in use.")
  @ServedModelAnswer
  @ScoringApi.NotServed
  HttpResponse<?> model(String name) {
    return models.answer(name, ServedModels.ANY_VERSION, InferenceModelController::described);
  }

  @Get("/v2/models/{name}/versions/{version}")
  @Operation(summary = "Open Inference Protocol: the model in use, if it has this version.")
  @ServedModelAnswer
  @ScoringApi.NotServed
  HttpResponse<?> version(String name, String version) {
    return models.answer(name, version, InferenceModelController::described);
  }

  @Get("/v2/models/{name}/ready")
  @Operation(summary = "Open Inference Protocol: is the model in use?")
  @ReadyAnswer
  @ScoringApi.NotServed
  HttpResponse<?> modelReady(String name) {
    return models.answer(name, ServedModels.ANY_VERSION, _ -> HttpResponse.ok(new Ready(true)));
  }

  @Get("/v2/models/{name}/versions/{version}/ready")
  @Operation(summary = "Open Inference Protocol: is the model in use, and has it this version?")
  @ReadyAnswer
  @ScoringApi.NotServed
  HttpResponse<?> versionReady(String name, String version) {
    return models.answer(name, version, _ -> HttpResponse.ok(new Ready(true)));
  }

  private static HttpResponse<?> described(LoadedModel model) {
    int width = model.schema().size();
    var outputs = new ArrayList<TensorKind>();
    outputs.add(new TensorKind(InferenceReader.PROBABILITY, "FP32", List.of(ANY, 1)));
    if (model.contributions().isPresent()) {
      outputs.add(new TensorKind(InferenceReader.CONTRIBUTIONS, "FP64", List.of(ANY, width + 1)));
    }
    return HttpResponse.ok(
        new ServedModel(
            model.name(),
            List.of(model.version()),
            "weir_xgboost",
            List.of(new TensorKind(InferenceReader.INPUT, "FP32", List.of(ANY, width))),
            outputs));
  }

  /** The answer that describes a model. */
  @ApiResponse(
      responseCode = "200",
      description = "The model, its inputs and its outputs; -1 stands for any number of rows.",
      content = @Content(schema = @Schema(implementation = ServedModel.class)))
  @interface ServedModelAnswer {}

  /** The answer that a model is in use. */
  @ApiResponse(
      responseCode = "200",
      description = "It is.",
      content = @Content(schema = @Schema(implementation = Ready.class)))
  @interface ReadyAnswer {}
}
