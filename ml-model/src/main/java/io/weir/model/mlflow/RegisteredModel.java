package io.weir.model.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A registered model, as a reader of one of its aliases sees it. */
public final class RegisteredModel {
  /** In bytes. A larger file of a model would not fit the heap of the service that reads it. */
  public static final long LARGEST_FILE = 64 << 20;

  /** The words for "there is no such thing": of an alias MLflow says the second one. */
  private static final Set<String> ABSENT =
      Set.of("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final MlflowClient client;
  private final String name;

  public RegisteredModel(MlflowClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /**
   * One version.
   *
   * @param number MLflow's number of it
   * @param artifacts the address of its files
   */
  public record Version(String number, String artifacts) {}

  /**
   * The version that has an alias.
   *
   * @param number MLflow's number of it
   * @param run the run that made it
   * @param source the address that it was registered from
   */
  public record Aliased(String number, String run, String source) {}

  /** The version that has the alias; empty if there is none. */
  public Optional<Aliased> aliased(String alias) throws IOException {
    try {
      JsonNode found =
          client
              .get("registered-models/alias", Map.of("name", name, "alias", alias))
              .path("model_version");
      String number = found.path("version").asText();
      if (!NUMBER.matcher(number).matches()) {
        throw new IOException("\"" + number + "\" is no number of a version");
      }
      return Optional.of(
          new Aliased(number, found.path("run_id").asText(), found.path("source").asText()));
    } catch (MlflowException e) {
      if (ABSENT.contains(e.code())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The version of that number. */
  public Version version(String number) throws IOException {
    JsonNode found =
        client.get("model-versions/get-download-uri", Map.of("name", name, "version", number));
    String uri = found.path("artifact_uri").asText();
    if (uri.startsWith("models:/")) {
      String id = uri.substring("models:/".length());
      uri = client.get("logged-models/" + id, Map.of()).at("/model/info/artifact_uri").asText();
    }
    return new Version(number, uri);
  }

  /** A file of a version. */
  public byte[] file(Version version, String file) throws IOException {
    return client.download(version.artifacts(), file);
  }
}
