package io.weir.scoring.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.weir.scoring.feature.Feature;
import io.weir.scoring.feature.FeatureSchema;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.Registry;

/** Answers with the model in use: its names, its features and its card. */
@Controller
final class ModelController {
  static final String NO_MODEL = "there is no model yet";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Registry registry;

  ModelController(Registry registry) {
    this.registry = registry;
  }

  @Get("/v1/model")
  HttpResponse<String> model() throws JsonProcessingException {
    LoadedModel model = registry.current().orElse(null);
    if (model == null) {
      String why = registry.problem().map(problem -> ": " + problem).orElse("");
      return Problem.response(HttpStatus.SERVICE_UNAVAILABLE, NO_MODEL + why);
    }
    return Json.response(HttpStatus.OK, describe(model));
  }

  private static ObjectNode describe(LoadedModel model) throws JsonProcessingException {
    ObjectNode document = JSON.createObjectNode();
    document.put("name", model.name());
    document.put("version", model.version());
    document.put("trees", model.trees());
    document.put("source", model.source());
    document.put("loaded_at", model.loadedAt().toString());
    document.put("feature_fingerprint", FeatureSchema.current().fingerprint());
    ArrayNode features = document.putArray("features");
    for (Feature feature : Feature.values()) {
      ObjectNode described = features.addObject().put("name", feature.fieldName());
      described.put("type", feature.isCoded() ? "word" : "number");
      if (feature.isCoded()) {
        ArrayNode words = described.putArray("words");
        feature.words().forEach(words::add);
      }
    }
    document.set(
        "card", model.card().isPresent() ? JSON.readTree(model.card().get()) : JSON.nullNode());
    return document;
  }
}
