package io.weir.scoring.serve;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.weir.scoring.registry.ClickModel;
import io.weir.scoring.registry.LoadedModel;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.Registry;
import io.weir.scoring.registry.ReturnModel;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The models that callers can name: the conversion champion, the click and the return model. */
@Singleton
final class ServedModels {
  static final String ANY_VERSION = "";

  private final Registry registry;
  private final ClickModel clicks;
  private final ReturnModel returns;

  ServedModels(Registry registry, ClickModel clicks, ReturnModel returns) {
    this.registry = registry;
    this.clicks = clicks;
    this.returns = returns;
  }

  /** Answers with the model of that name and version, or that it is not served. */
  HttpResponse<?> answer(
      String name, String version, Function<LoadedModel, HttpResponse<?>> answer) {
    List<LoadedModel> models = current();
    boolean isChampion = name.equals(ModelKind.CONVERSION.modelName());
    if (models.isEmpty() || (isChampion && registry.current().isEmpty())) {
      return InferenceProblem.response(HttpStatus.SERVICE_UNAVAILABLE, ModelController.NO_MODEL);
    }
    for (LoadedModel model : models) {
      boolean isAny = version.equals(ANY_VERSION) || version.equals(model.version());
      if (name.equals(model.name()) && isAny) {
        return answer.apply(model);
      }
    }
    return InferenceProblem.response(
        HttpStatus.NOT_FOUND,
        models.stream()
            .map(model -> model.name() + ", version " + model.version())
            .collect(Collectors.joining("; ", "the model in use is ", "")));
  }

  private List<LoadedModel> current() {
    return Stream.of(registry, clicks.registry(), returns.registry())
        .flatMap(each -> each.current().stream())
        .toList();
  }
}
