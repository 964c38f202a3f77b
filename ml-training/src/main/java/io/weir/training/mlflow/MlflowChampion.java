package io.weir.training.mlflow;

import io.weir.model.mlflow.MlflowClient;
import io.weir.model.mlflow.RegisteredModel;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The champion of a registered model: its number, and the files to judge it.
 *
 * @param version MLflow's number
 */
public record MlflowChampion(String version, Map<String, byte[]> files) {
  static final String ALIAS = "champion";
  private static final List<String> NEEDED =
      List.of("model.json", "features.json", "calibration.json");

  /** The champion; empty if the model has none. */
  public static Optional<MlflowChampion> of(MlflowClient client, String name) throws IOException {
    var registered = new RegisteredModel(client, name);
    Optional<RegisteredModel.Aliased> aliased = registered.aliased(ALIAS);
    if (aliased.isEmpty()) {
      return Optional.empty();
    }
    String number = aliased.get().number();
    RegisteredModel.Version version = registered.version(number);
    var files = new HashMap<String, byte[]>();
    for (String file : NEEDED) {
      files.put(file, registered.file(version, file));
    }
    return Optional.of(new MlflowChampion(number, files));
  }
}
