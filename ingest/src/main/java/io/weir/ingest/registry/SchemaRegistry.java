package io.weir.ingest.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.ingest.registry.RegistryClient.Answer;
import io.weir.ingest.registry.RegistryClient.Patience;
import io.weir.process.Stop;
import io.weir.process.tls.PeerTrust;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A schema registry with the REST API of Confluent's, which others offer, too. */
public final class SchemaRegistry implements AutoCloseable {
  private static final int MOST_REFERENCES = 100;
  private static final int MOST_CHARACTERS = 8 << 20;

  /** How often a schema is asked for again that may be on its way. */
  private static final int WAITS = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryAddress address;
  private final RegistryClient client;

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

  public SchemaRegistry(RegistryAddress address, PeerTrust trust, Stop stop) {
    this(address, trust, Patience.USUAL, stop);
  }

  SchemaRegistry(RegistryAddress address, PeerTrust trust, Patience patience, Stop stop) {
    this.address = address;
    this.client = new RegistryClient(address, trust, patience, stop);
  }

  /** The schema of that number. */
  Entry schema(int id) throws Skip {
    return new Question(0).schema(id);
  }

  /**
   * The schema of that number. If the registry does not know it, it is asked again twice, a second
   * apart: a replica may not have it yet.
   */
  Entry awaitedSchema(int id) throws Skip {
    return new Question(WAITS).schema(id);
  }

  /** The requests for one schema and for all that it refers to. */
  private final class Question {
    private final long end = client.end();
    private final List<String> texts = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> open = new HashSet<>();
    private int waits;
    private int characters;

    private Question(int waits) {
      this.waits = waits;
    }

    private Entry schema(int id) throws Skip {
      JsonNode found = get("/schemas/ids/" + id, "schema " + id);
      references(found);
      texts.add(text(found));
      return new Entry(id, found.path("schemaType").asText("AVRO"), texts);
    }

    /** Adds the texts that a schema refers to, each behind those that it needs itself. */
    private void references(JsonNode schema) throws Skip {
      for (JsonNode each : schema.path("references")) {
        String subject = each.path("subject").asText();
        String path =
            "/subjects/"
                + URLEncoder.encode(subject, UTF_8).replace("+", "%20")
                + "/versions/"
                + each.path("version").asInt();
        if (open.contains(path)) {
          throw new Skip(Reason.NO_SCHEMA, "schema " + subject + " refers to itself");
        }
        if (asked.add(path)) {
          reference(path, subject);
        }
      }
    }

    private void reference(String path, String subject) throws Skip {
      if (asked.size() > MOST_REFERENCES) {
        throw new Skip(Reason.NO_SCHEMA, "more than " + MOST_REFERENCES + " references");
      }
      JsonNode found = get(path, "schema " + subject);
      open.add(path);
      references(found);
      open.remove(path);
      String text = text(found);
      if (!texts.contains(text)) {
        texts.add(text);
      }
    }

    private String text(JsonNode schema) throws Skip {
      String text = schema.path("schema").asText();
      characters += text.length();
      if (characters > MOST_CHARACTERS) {
        throw new Skip(Reason.NO_SCHEMA, "more than " + MOST_CHARACTERS + " characters");
      }
      return text;
    }

    private JsonNode get(String path, String what) throws Skip {
      Answer answer = client.ask(path, end);
      while (answer.status() == 404 && waits > 0) {
        waits--;
        client.pause();
        answer = client.ask(path, end);
      }
      return read(answer, what);
    }
  }

  private JsonNode read(Answer answer, String what) throws Skip {
    int status = answer.status();
    if (status == 404) {
      throw new Skip(Reason.NO_SCHEMA, what + " is not in the registry");
    }
    if (status == 401 || status == 403) {
      throw client.unusable(
          "answers "
              + status
              + (address.login().isEmpty()
                  ? "; does it want WEIR_INGEST_REGISTRY_USER and _PASSWORD?"
                  : "; check WEIR_INGEST_REGISTRY_USER and _PASSWORD"),
          null);
    }
    if (status < 400 && status / 100 != 2) {
      throw client.unusable("answers " + status + "; check WEIR_INGEST_REGISTRY_URL", null);
    }
    if (status >= 400) {
      throw new Skip(Reason.NO_SCHEMA, what + ": the registry answers " + status);
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw client.unusable(
          "does not answer as a schema registry; check WEIR_INGEST_REGISTRY_URL", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
