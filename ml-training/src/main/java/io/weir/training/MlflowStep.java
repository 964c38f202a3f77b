package io.weir.training;

import io.weir.model.mlflow.MlflowClient;
import io.weir.process.StartupException;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.mlflow.MlflowChampion;
import io.weir.training.mlflow.MlflowRun;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** The registry of a training that was called with {@code --mlflow}. */
record MlflowStep(URI address, String name, Clock clock) {

  /** The message does not repeat the address, which may hold a password. */
  static MlflowStep of(String url, String name, Clock clock) {
    URI address =
        MlflowClient.parse(url)
            .orElseThrow(() ->
                new StartupException("--mlflow is not an address such as http://127.0.0.1:5000"));
    return new MlflowStep(address, name, clock);
  }

  /** Asked before the training, so that a registry that is down is reported at once. */
  Optional<Champion> champion() {
    try (var client = new MlflowClient(address)) {
      return MlflowChampion.of(client, name)
          .map(found -> new Champion("version " + found.version(), found.files()));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Registers the model and says under which number. */
  String register(ModelArtifact artifact) {
    try (var client = new MlflowClient(address)) {
      String version = new MlflowRun(client, name, clock).log(artifact);
      String alias = artifact.promotion().isPromoted() ? ", the champion now" : "";
      return "registered: " + name + " version " + version + " at " + client.address() + alias;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static StartupException unusable(IOException e) {
    String why = e.getMessage() == null ? e.toString() : e.getMessage();
    return new StartupException("MLflow cannot be used: " + why, e);
  }
}
