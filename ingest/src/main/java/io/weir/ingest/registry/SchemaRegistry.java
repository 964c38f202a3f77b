package io.weir.ingest.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.process.StartupException;
import io.weir.process.Stop;
import io.weir.process.tls.PeerTrust;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schema registry with the REST API of Confluent's, which others offer, too. */
public final class SchemaRegistry implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TRIES = 12;
  private static final int MOST_REFERENCES = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Address address;
  private final Stop stop;
  private final HttpClient http;

  /**
   * The place of the registry.
   *
   * @param url for example {@code https://registry.example.org}, without a slash at its end
   * @param login user and password with a colon between them
   */
  public record Address(String url, Optional<String> login) {
    /** Secrets stay out of logs. */
    @Override
    public String toString() {
      return url;
    }
  }

  /**
   * A schema.
   *
   * @param texts those that it refers to, and at the end its own
   */
  record Entry(int id, String type, List<String> texts) {
    Entry {
      texts = List.copyOf(texts);
    }
  }

  public SchemaRegistry(Address address, PeerTrust trust, Stop stop) {
    this.address = address;
    this.stop = stop;
    this.http = trust.client().connectTimeout(PATIENCE).build();
  }

  /** The schema of that number. */
  Entry schema(int id) throws Skip {
    JsonNode found = get("/schemas/ids/" + id, "schema " + id);
    var texts = new ArrayList<String>();
    references(found, texts);
    texts.add(found.path("schema").asText());
    return new Entry(id, found.path("schemaType").asText("AVRO"), texts);
  }

  /** Adds the texts that a schema refers to, each behind those that it needs itself. */
  private void references(JsonNode schema, List<String> texts) throws Skip {
    for (JsonNode each : schema.path("references")) {
      if (texts.size() >= MOST_REFERENCES) {
        throw new Skip(Reason.NO_SCHEMA, "more than " + MOST_REFERENCES + " references");
      }
      String subject = each.path("subject").asText();
      String path =
          "/subjects/"
              + URLEncoder.encode(subject, UTF_8)
              + "/versions/"
              + each.path("version").asInt();
      JsonNode found = get(path, "schema " + subject);
      references(found, texts);
      String text = found.path("schema").asText();
      if (!texts.contains(text)) {
        texts.add(text);
      }
    }
  }

  private JsonNode get(String path, String what) throws Skip {
    HttpResponse<String> answer = answer(path);
    if (answer.statusCode() == 404) {
      throw new Skip(Reason.NO_SCHEMA, what + " is not in the registry");
    }
    if (answer.statusCode() != 200) {
      throw unusable(
          "answers "
              + answer.statusCode()
              + (address.login.isEmpty()
                  ? "; does it want WEIR_INGEST_REGISTRY_USER and _PASSWORD?"
                  : "; check WEIR_INGEST_REGISTRY_USER and _PASSWORD"),
          null);
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw unusable("does not answer as a schema registry; check WEIR_INGEST_REGISTRY_URL", e);
    }
  }

  /** Asks until there is an answer that is not about the registry's own trouble. */
  private HttpResponse<String> answer(String path) {
    HttpRequest request = request(path);
    String trouble = "";
    for (int tried = 0; tried < TRIES && !stop.isRequested(); tried++) {
      try {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() < 500 && answer.statusCode() != 429) {
          return answer;
        }
        trouble = "it answers " + answer.statusCode();
      } catch (IOException e) {
        trouble =
            PeerTrust.isDistrust(e)
                ? "its certificate is not trusted: see WEIR_HTTP_TRUST_FILE"
                : String.valueOf(
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stop.request();
      }
      stop.pause(Duration.ofSeconds(1).toMillis());
    }
    throw unusable(
        "does not help ("
            + trouble
            + "); check WEIR_INGEST_REGISTRY_URL. The next run goes on where this one ended",
        null);
  }

  private HttpRequest request(String path) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address.url + path))
              .timeout(PATIENCE)
              .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
      address.login.ifPresent(login ->
          request.header(
              "Authorization",
              "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8))));
      return request.build();
    } catch (IllegalArgumentException e) {
      throw unusable("has no usable address; check WEIR_INGEST_REGISTRY_URL", e);
    }
  }

  private StartupException unusable(String why, @Nullable Exception e) {
    String message = "the schema registry at " + address + " " + why;
    return e == null ? new StartupException(message) : new StartupException(message, e);
  }

  @Override
  public void close() {
    http.close();
  }
}
