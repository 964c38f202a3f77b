package io.weir.scoring.serve;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.Registry;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** The models that callers can name: the one in use, by its name and its version. */
@Singleton
final class ServedModels {
  static final String ANY_VERSION = "";

  private final Registry registry;

  ServedModels(Registry registry) {
    this.registry = registry;
  }

  /** Answers with the model of that name and version, or that it is not served. */
  HttpResponse<?> answer(
      String name, String version, Function<LoadedModel, HttpResponse<?>> answer) {
    LoadedModel model = registry.current().orElse(null);
    if (model == null) {
      return InferenceProblem.response(HttpStatus.SERVICE_UNAVAILABLE, ModelController.NO_MODEL);
    }
    boolean isServed =
        name.equals(model.name())
            && (version.equals(ANY_VERSION) || version.equals(model.version()));
    if (!isServed) {
      return InferenceProblem.response(
          HttpStatus.NOT_FOUND,
          "the model in use is " + model.name() + ", version " + model.version());
    }
    return answer.apply(model);
  }
}
