package io.weir.scoring.serve;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.weir.scoring.feature.FeatureVector;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.Registry;
import org.jspecify.annotations.Nullable;

/** Scores the features that a caller sends, also those of an open session. */
@Controller
final class ScoreController {
  private final Registry registry;

  ScoreController(Registry registry) {
    this.registry = registry;
  }

  record Answer(double conversionScore, String modelName, String modelVersion) {}

  @Post("/v1/score")
  @Consumes("application/json")
  HttpResponse<String> score(@Body @Nullable String body) {
    return switch (FeatureReader.read(body == null ? "" : body)) {
      case RequestedFeatures.Refused(String detail) ->
          Problem.response(HttpStatus.BAD_REQUEST, detail);
      case RequestedFeatures.Accepted(FeatureVector vector) -> scored(vector);
    };
  }

  private HttpResponse<String> scored(FeatureVector vector) {
    LoadedModel model = registry.current().orElse(null);
    if (model == null) {
      return Problem.response(HttpStatus.SERVICE_UNAVAILABLE, ModelController.NO_MODEL);
    }
    double score = model.model().score(vector.values());
    return Json.response(HttpStatus.OK, new Answer(score, model.name(), model.version()));
  }
}
