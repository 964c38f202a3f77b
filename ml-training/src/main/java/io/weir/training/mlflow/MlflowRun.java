package io.weir.training.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.model.mlflow.MlflowClient;
import io.weir.model.mlflow.MlflowException;
import io.weir.training.artifact.ArtifactFolder;
import io.weir.training.artifact.ModelArtifact;
import io.weir.training.artifact.TrainingReport;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One training as a run of MLflow: experiment, run, data set, metrics, logged model, registered
 * version. The alias moves last, after the end of the run, and only for a promoted model; a run
 * that is killed leaves the former champion.
 */
public final class MlflowRun {
  private static final String READY = "LOGGED_MODEL_READY";
  private static final int BATCH = 1_000;

  private final MlflowClient client;
  private final String name;
  private final Clock clock;

  public MlflowRun(MlflowClient client, String name, Clock clock) {
    this.client = client;
    this.name = name;
    this.clock = clock;
  }

  /** Logs the model and returns the number of its version. */
  @SuppressWarnings("checkstyle:IllegalCatch")
  public String log(ModelArtifact artifact) throws IOException {
    String experiment = experiment();
    String run = start(experiment, artifact);
    String version;
    try {
      version = log(artifact, experiment, run);
      end(run, "FINISHED");
    } catch (IOException | RuntimeException e) {
      fail(run, e);
      throw e;
    }
    if (artifact.promotion().isPromoted()) {
      client.post(
          "registered-models/alias",
          Map.of("name", name, "alias", MlflowChampion.ALIAS, "version", version));
    }
    return version;
  }

  private void fail(String run, Exception why) {
    try {
      end(run, "FAILED");
    } catch (IOException other) {
      why.addSuppressed(other);
    }
  }

  private String log(ModelArtifact artifact, String experiment, String run) throws IOException {
    JsonNode model = loggedModel(experiment, run, artifact);
    String id = model.path("model_id").asText();
    facts(run, id, artifact.report());
    upload(model, run, artifact);
    client.patch("logged-models/" + id, Map.of("model_id", id, "status", READY));
    return register(run, id, artifact);
  }

  private String experiment() throws IOException {
    try {
      return client
          .get("experiments/get-by-name", Map.of("experiment_name", name))
          .at("/experiment/experiment_id")
          .asText();
    } catch (MlflowException e) {
      if (!e.code().equals("RESOURCE_DOES_NOT_EXIST")) {
        throw e;
      }
      return client.post("experiments/create", Map.of("name", name)).path("experiment_id").asText();
    }
  }

  private String start(String experiment, ModelArtifact artifact) throws IOException {
    var tags = new ArrayList<>(RunFacts.tags(artifact));
    tags.add(pair("mlflow.user", "weir"));
    tags.add(pair("mlflow.source.name", "weir train"));
    var body =
        Map.of(
            "experiment_id",
            experiment,
            "run_name",
            artifact.version(),
            "start_time",
            clock.millis(),
            "tags",
            tags);
    return client.post("runs/create", body).at("/run/info/run_id").asText();
  }

  private void end(String run, String status) throws IOException {
    client.post("runs/update", Map.of("run_id", run, "status", status, "end_time", clock.millis()));
  }

  private JsonNode loggedModel(String experiment, String run, ModelArtifact artifact)
      throws IOException {
    var body = new HashMap<String, Object>();
    body.put("experiment_id", experiment);
    body.put("name", name);
    body.put("model_type", "xgboost");
    body.put("source_run_id", run);
    body.put("params", RunFacts.parameters(artifact.report()));
    body.put("tags", RunFacts.tags(artifact));
    return client.post("logged-models", body).at("/model/info");
  }

  private void facts(String run, String model, TrainingReport report) throws IOException {
    client.post("runs/log-inputs", Map.of("run_id", run, "datasets", RunFacts.dataSets(report)));
    client.post(
        "runs/outputs",
        Map.of("run_id", run, "models", List.of(Map.of("model_id", model, "step", 0))));
    var metrics = new ArrayList<>(RunFacts.metrics(report, model, clock.millis()));
    for (int from = 0; from < metrics.size(); from += BATCH) {
      List<?> batch = metrics.subList(from, Math.min(metrics.size(), from + BATCH));
      List<?> parameters = from == 0 ? RunFacts.parameters(report) : List.of();
      client.post(
          "runs/log-batch",
          Map.of("run_id", run, "metrics", batch, "params", parameters, "tags", List.of()));
    }
  }

  private void upload(JsonNode model, String run, ModelArtifact artifact) throws IOException {
    String place = model.path("artifact_uri").asText();
    Map<String, byte[]> files = artifact.files();
    for (var file : files.entrySet()) {
      client.upload(place, file.getKey(), file.getValue());
    }
    client.upload(place, ArtifactFolder.CHECKSUMS, ArtifactFolder.checksums(files));
    // MLmodel last: with it MLflow can load the model.
    var flavour = new MlmodelFile(model.path("model_id").asText(), run, place);
    for (var file : flavour.files(artifact, clock.instant()).entrySet()) {
      client.upload(place, file.getKey(), file.getValue());
    }
  }

  private String register(String run, String model, ModelArtifact artifact) throws IOException {
    try {
      client.post("registered-models/create", Map.of("name", name));
    } catch (MlflowException e) {
      if (!e.code().equals("RESOURCE_ALREADY_EXISTS")) {
        throw e;
      }
    }
    var body = new HashMap<String, Object>();
    body.put("name", name);
    body.put("source", "models:/" + model);
    body.put("run_id", run);
    body.put("model_id", model);
    body.put("description", artifact.promotion().reason());
    body.put("tags", RunFacts.tags(artifact));
    return client.post("model-versions/create", body).at("/model_version/version").asText();
  }

  static Map<String, String> pair(String key, String value) {
    return Map.of("key", key, "value", value);
  }
}
