package io.weir.scoring.serve;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.Problem;
import io.weir.http.access.Allowed;
import io.weir.http.access.Role;
import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureSchema;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.Registry;
import io.weir.scoring.serve.ModelAnswer.FeatureAnswer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers with the model in use: its names, its features and its card. */
@Controller
final class ModelController {
  static final String NO_MODEL = "there is no model yet";

  private final Registry registry;
  private final JsonMapper json;

  ModelController(Registry registry, JsonMapper json) {
    this.registry = registry;
    this.json = json;
  }

  @Allowed({Role.READER, Role.COLLECTOR, Role.INSTANCE})
  @Get("/v1/model")
  @Operation(summary = "The model in use, the features it reads, and its card.")
  @ApiResponse(
      responseCode = "200",
      description = "The model.",
      content = @Content(schema = @Schema(implementation = ModelAnswer.class)))
  @ScoringApi.NoModel
  HttpResponse<?> model() throws IOException {
    LoadedModel model = registry.current().orElse(null);
    if (model == null) {
      String why = registry.problem().map(problem -> ": " + problem).orElse("");
      return Problem.response(HttpStatus.SERVICE_UNAVAILABLE, NO_MODEL + why);
    }
    return HttpResponse.ok(describe(model));
  }

  private ModelAnswer describe(LoadedModel model) throws IOException {
    return new ModelAnswer(
        model.name(),
        model.version(),
        model.trees(),
        model.source(),
        model.loadedAt().toString(),
        FeatureSchema.current().version(),
        FeatureSchema.current().fingerprint(),
        Arrays.stream(Feature.values())
            .filter(feature -> feature.kind() != Feature.Kind.DERIVED)
            .map(ModelController::describe)
            .toList(),
        card(model));
  }

  private @Nullable JsonNode card(LoadedModel model) throws IOException {
    return model.card().isPresent()
        ? json.readValue(model.card().get(), Argument.of(JsonNode.class))
        : null;
  }

  private static FeatureAnswer describe(Feature feature) {
    return feature.kind() == Feature.Kind.WORD
        ? new FeatureAnswer(feature.fieldName(), "word", List.copyOf(feature.words()))
        : new FeatureAnswer(feature.fieldName(), "number", null);
  }
}
