package io.weir.training.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.model.mlflow.MlflowClient;
import io.weir.training.artifact.ArtifactFolder;
import java.io.IOException;
import java.util.Map;

/**
 * The facts that a run of an earlier training has about itself.
 *
 * @param version the name that the trainer gave to its model
 * @param recipe all that the same training needs
 * @param checksums of the files of its model
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FormerRun(String version, String recipe, byte[] checksums) {

  public static FormerRun read(MlflowClient client, String id) throws IOException {
    JsonNode run = client.get("runs/get", Map.of("run_id", id)).path("run");
    String model = run.at("/outputs/model_outputs/0/model_id").asText();
    if (model.isEmpty()) {
      throw new IOException("the run has no model");
    }
    String artifacts =
        client.get("logged-models/" + model, Map.of()).at("/model/info/artifact_uri").asText();
    return new FormerRun(
        tag(run, "weir.version"),
        tag(run, RunFacts.RECIPE),
        client.download(artifacts, ArtifactFolder.CHECKSUMS));
  }

  private static String tag(JsonNode run, String key) throws IOException {
    for (JsonNode tag : run.at("/data/tags")) {
      if (tag.path("key").asText().equals(key)) {
        return tag.path("value").asText();
      }
    }
    throw new IOException("the run has no tag " + key);
  }
}
