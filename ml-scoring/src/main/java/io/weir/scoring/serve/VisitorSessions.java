package io.weir.scoring.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpStatus;
import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import io.weir.process.WholeAnswer;
import io.weir.process.tls.PeerTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks stream-app for the sessions that visitors have open. One question is for all visitors of a
 * request, and has a time after which it is given up.
 */
public final class VisitorSessions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(VisitorSessions.class);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(8);
  private static final long MOST_BYTES = 16 << 20;
  private static final RequestDocument DOCUMENT = RequestDocument.strict();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<URI> stream;
  private final Optional<String> key;
  private final Duration patience;
  private final HttpClient client;
  private final AtomicReference<String> complaint = new AtomicReference<>("");

  /**
   * The questions to one stream-app.
   *
   * @param stream its address; empty: visitors cannot be asked for
   * @param key that it knows this service by, if it wants one
   * @param trust whose certificates are taken where the address is https
   */
  public VisitorSessions(Optional<URI> stream, Optional<String> key, PeerTrust trust) {
    this(stream, key, trust, ANSWER);
  }

  /** The whole answer must be there before the patience is over. */
  VisitorSessions(Optional<URI> stream, Optional<String> key, PeerTrust trust, Duration patience) {
    this.stream = stream;
    this.key = key;
    this.patience = patience;
    // A client without an address to ask needs no file of authorities.
    this.client =
        (stream.isPresent() ? trust : PeerTrust.usual())
            .client()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * What stream-app knows of a visitor.
   *
   * @param session null if there is none
   * @param problem why there is none; null if there is one
   * @param isUnavailable whether stream-app cannot say now: there may be one
   */
  record Open(
      String visitor, @Nullable Session session, @Nullable String problem, boolean isUnavailable) {}

  /** There is no answer for any visitor. */
  static final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    NoAnswerException(HttpStatus status, String message) {
      super(message);
      this.status = status;
    }

    HttpStatus status() {
      return status;
    }
  }

  /** The open sessions in the order of the visitors. */
  List<Open> of(List<String> visitors) throws NoAnswerException {
    URI address =
        stream.orElseThrow(() ->
            new NoAnswerException(
                HttpStatus.NOT_IMPLEMENTED,
                "this service does not know where stream-app is: set WEIR_SCORING_STREAM_URL"));
    HttpResponse<String> answer = ask(address, visitors);
    return switch (answer.statusCode()) {
      case 200 -> read(address, visitors, answer.body());
      case 401, 403 ->
          throw refused(address, " wants a key: set WEIR_HTTP_KEY to one of its readers");
      case 404, 405 -> throw refused(address, " does not know the question; it may be older");
      default -> throw refused(address, " answers with status " + answer.statusCode());
    };
  }

  private HttpResponse<String> ask(URI address, List<String> visitors) throws NoAnswerException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address.resolve("/v1/sessions/open"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("visitors", visitors))));
      key.ifPresent(own -> request.header("Authorization", "Bearer " + own));
      HttpResponse<String> answer = WholeAnswer.of(client, request.build(), patience, MOST_BYTES);
      complaint.set("");
      return answer;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of texts is always valid JSON", e);
    } catch (IOException e) {
      throw unanswered(address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException(HttpStatus.SERVICE_UNAVAILABLE, "the service ends");
    }
  }

  /** The line in the log is new only when its text is, until stream-app answers again. */
  private NoAnswerException unanswered(URI address, IOException e) {
    if (!PeerTrust.isDistrust(e)) {
      return new NoAnswerException(
          HttpStatus.SERVICE_UNAVAILABLE, "stream-app at " + address + " does not answer");
    }
    String text = String.valueOf(e.getMessage());
    if (!complaint.getAndSet(text).equals(text)) {
      log.warn("stream-app at {}: {}", address, text);
    }
    return new NoAnswerException(
        HttpStatus.SERVICE_UNAVAILABLE,
        "stream-app at " + address + " has no certificate that WEIR_HTTP_TLS_TRUST_FILE trusts");
  }

  private static NoAnswerException refused(URI address, String what) {
    return new NoAnswerException(HttpStatus.BAD_GATEWAY, "stream-app at " + address + what);
  }

  private static List<Open> read(URI address, List<String> visitors, String body)
      throws NoAnswerException {
    try {
      return DOCUMENT.read(
          body,
          document -> {
            JsonNode answers = document.path("visitors");
            if (answers.size() != visitors.size()) {
              throw new WrongRequestException("it is about other visitors");
            }
            var open = new ArrayList<Open>();
            for (JsonNode each : answers) {
              open.add(open(visitors.get(open.size()), each));
            }
            return open;
          });
    } catch (WrongRequestException e) {
      throw refused(address, " gave an answer that cannot be read: " + e.getMessage());
    }
  }

  private static Open open(String visitor, JsonNode answer) throws WrongRequestException {
    if (!(answer.path("session") instanceof ObjectNode fields)) {
      return new Open(
          visitor,
          null,
          answer.path("problem").asText("there is no open session"),
          answer.path("is_unavailable").asBoolean());
    }
    // A newer stream-app may have fields that no feature of this version reads.
    retain(fields, Session.getClassSchema());
    if (fields.path("features") instanceof ObjectNode features) {
      retain(features, FeatureInputs.getClassSchema());
    }
    return new Open(visitor, SessionReader.read(fields, "session"), null, false);
  }

  private static void retain(ObjectNode fields, Schema schema) {
    fields.retain(schema.getFields().stream().map(Schema.Field::name).toList());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
