package io.weir.ingest.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.process.StartupException;
import io.weir.process.WholeAnswer;
import io.weir.process.tls.PeerTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Queries a stream application for its rules and its progress. */
public final class StreamApp {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long MOST_BYTES = 4 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String address;
  private final Optional<String> key;
  private final PeerTrust trust;
  private final Duration patience;

  /**
   * @param address for example {@code http://127.0.0.1:8180}
   * @param key what it knows this command by, if it asks
   * @param trust whose certificates are taken where the address is https
   */
  public StreamApp(String address, Optional<String> key, PeerTrust trust) {
    this(address, key, trust, PATIENCE);
  }

  /** Each whole answer must be there before the patience is over. */
  StreamApp(String address, Optional<String> key, PeerTrust trust, Duration patience) {
    this.address = address;
    this.key = key;
    this.trust = trust;
    this.patience = patience;
  }

  public HistoryRules rules() {
    JsonNode rules = get("/v1/rules");
    JsonNode status = get("/v1/status");
    List<Long> watermarks = new ArrayList<>();
    try {
      for (JsonNode partition : status.path("partitions")) {
        if (partition.path("watermark").isTextual()) {
          watermarks.add(Instant.parse(partition.path("watermark").asText()).toEpochMilli());
        }
      }
      return new HistoryRules(
          Duration.parse(rules.path("maxEventAge").asText()),
          Duration.parse(rules.path("allowedLateness").asText()),
          Duration.parse(rules.path("sessionGap").asText())
              .plus(Duration.parse(rules.path("sessionGrace").asText())),
          watermarks);
    } catch (DateTimeException e) {
      throw unusable(address, e);
    }
  }

  /** The counters since the stream application started. */
  public Outcome counters() {
    JsonNode status = get("/v1/status");
    return new Outcome(
        status.path("accepted").asLong(),
        status.path("duplicate").asLong(),
        status.path("rejected").asLong(),
        status.path("late").asLong(),
        status.path("sessionsClosed").asLong(),
        status.path("settled").asBoolean());
  }

  private JsonNode get(String path) {
    try (HttpClient http = trust.client().connectTimeout(patience).build()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
      key.ifPresent(own -> request.header("Authorization", "Bearer " + own));
      var answer = WholeAnswer.of(http, request.build(), patience, MOST_BYTES);
      if (answer.statusCode() == 401 || answer.statusCode() == 403) {
        throw new StartupException(
            "stream-app at " + address + " wants a key: set WEIR_HTTP_KEY to one of its readers");
      }
      if (answer.statusCode() != 200) {
        throw unusable(address + path, new IOException("status " + answer.statusCode()));
      }
      return JSON.readTree(answer.body());
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(address + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unusable(address + path, e);
    }
  }

  private static StartupException unusable(String where, Exception e) {
    return new StartupException(
        "no stream-app answers at "
            + where
            + " ("
            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
            + "); start it, or change WEIR_INGEST_STREAM_URL",
        e);
  }
}
