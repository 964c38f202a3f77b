package io.weir.scoring.serve;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.Problem;
import io.weir.http.access.Allowed;
import io.weir.http.access.Role;
import io.weir.scoring.model.Contributions;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.serve.InferenceAnswers.Inferred;
import io.weir.scoring.serve.InferenceAnswers.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inference by the Open Inference Protocol, with tensors in JSON. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class InferController {
  /** A client sends it when tensors follow the JSON document in binary. */
  private static final String BINARY = "Inference-Header-Content-Length";

  private final ServedModels models;

  InferController(ServedModels models) {
    this.models = models;
  }

  @Allowed({Role.READER, Role.COLLECTOR, Role.INSTANCE})
  @Post("/v2/models/{name}/infer")
  @Consumes("*/*")
  @Operation(summary = "Open Inference Protocol: the model in use scores vectors of features.")
  @Inference
  HttpResponse<?> infer(
      String name,
      @Parameter(hidden = true) @Header(BINARY) @Nullable String binary,
      @Parameter(hidden = true) @Body @Nullable String body) {
    return inferVersion(name, ServedModels.ANY_VERSION, binary, body);
  }

  @Allowed({Role.READER, Role.COLLECTOR, Role.INSTANCE})
  @Post("/v2/models/{name}/versions/{version}/infer")
  @Consumes("*/*")
  @Operation(summary = "Open Inference Protocol: the same, if the model has this version.")
  @Inference
  HttpResponse<?> inferVersion(
      String name,
      String version,
      @Parameter(hidden = true) @Header(BINARY) @Nullable String binary,
      @Parameter(hidden = true) @Body @Nullable String body) {
    return models.answer(name, version, model -> inferred(model, binary, body));
  }

  private static HttpResponse<?> inferred(
      LoadedModel model, @Nullable String binary, @Nullable String body) {
    try {
      if (binary != null) {
        throw new WrongRequestException(
            "binary tensors are not supported (in Python: binary_data=False)");
      }
      return HttpResponse.ok(inferred(model, reader(model).read(body == null ? "" : body)));
    } catch (WrongRequestException e) {
      return InferenceProblem.response(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static InferenceReader reader(LoadedModel model) {
    return new InferenceReader(model.schema().size());
  }

  private static Inferred inferred(LoadedModel model, InferenceRequest request)
      throws WrongRequestException {
    var outputs = new ArrayList<Tensor>();
    for (String output : request.outputs()) {
      outputs.add(
          output.equals(InferenceReader.PROBABILITY)
              ? probabilities(model, request.vectors())
              : contributions(model, request.vectors()));
    }
    return new Inferred(model.name(), model.version(), request.id(), outputs);
  }

  private static Tensor probabilities(LoadedModel model, float[][] vectors) {
    var values = new ArrayList<Double>(vectors.length);
    for (float[] vector : vectors) {
      values.add((double) model.model().score(vector));
    }
    return new Tensor(InferenceReader.PROBABILITY, "FP32", List.of(vectors.length, 1), values);
  }

  private static Tensor contributions(LoadedModel model, float[][] vectors)
      throws WrongRequestException {
    Contributions contributions = model.contributions().orElse(null);
    if (contributions == null) {
      throw new WrongRequestException(
          "the model does not know its training rows: no contributions");
    }
    int width = model.schema().size() + 1;
    var values = new ArrayList<Double>(vectors.length * width);
    for (float[] vector : vectors) {
      for (double value : contributions.of(vector)) {
        values.add(value);
      }
    }
    List<Integer> shape = List.of(vectors.length, width);
    return new Tensor(InferenceReader.CONTRIBUTIONS, "FP64", shape, values);
  }

  /** What both operations take and give. */
  @RequestBody(
      required = true,
      description =
          "One input: the tensor features, FP32 or FP64, of 1 to 1,000 rows. The outputs probability"
              + " (the default) and contributions can be asked for.",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(
      responseCode = "200",
      description = "The tensors that were asked for.",
      content = @Content(schema = @Schema(implementation = Inferred.class)))
  @ApiResponse(
      responseCode = "400",
      description = "The tensor is another one than the model takes.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = InferenceProblem.class)))
  @ScoringApi.TooLarge
  @ScoringApi.NotServed
  @interface Inference {}
}
