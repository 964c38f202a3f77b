package io.weir.tools.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.process.StartupException;
import io.weir.process.WholeAnswer;
import io.weir.process.tls.PeerTrust;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Gold's figures per day, as stream-app answers them over HTTP. */
final class RestCells implements AutoCloseable {
  static final CellGroup DAYS = new CellGroup(Subject.SESSIONS, Grain.DAY);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long MOST_BYTES = 64L << 20;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int TOO_MANY = 429;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /** So often a question is asked again that stream-app has no time for. */
  private static final int AGAIN = 20;

  private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);

  /** An answer has a limited number of rows, and revenue has a row for each currency. */
  private static final int DAYS_AT_ONCE = 7;

  private static final String MOST_GROUPS = "1000";
  private static final String UNNAMED = "(rest)";

  private final URI address;
  private final ZoneId zone;
  private final Optional<String> key;
  private final Consumer<Duration> pause;
  private final HttpClient client;
  private final ObjectMapper json =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /**
   * @param key what stream-app knows this command by, if it asks
   * @param trust whose certificates are taken where the address is https
   */
  RestCells(URI address, ZoneId zone, Optional<String> key, PeerTrust trust) {
    this(address, zone, key, trust, RestCells::sleep);
  }

  RestCells(
      URI address, ZoneId zone, Optional<String> key, PeerTrust trust, Consumer<Duration> pause) {
    this.address = address;
    this.zone = zone;
    this.key = key;
    this.client = trust.client().connectTimeout(PATIENCE).build();
    this.pause = pause;
  }

  /** Asks for the cells of whole days. */
  SortedMap<CellKey, Map<String, BigDecimal>> cells(CellGroup group, BucketRange range) {
    var days = new SiteBuckets(group.grain(), zone);
    var cells = new TreeMap<CellKey, Map<String, BigDecimal>>();
    Instant from = range.from();
    while (from.isBefore(range.to())) {
      Instant to = from;
      for (int i = 0; i < DAYS_AT_ONCE && to.isBefore(range.to()); i++) {
        to = days.next(to);
      }
      for (RestQuestion question : RestQuestion.of(group.subject())) {
        add(cells, new BucketRange(from, to), false, question);
        if (question.hasRobots()) {
          add(cells, new BucketRange(from, to), true, question);
        }
      }
      from = to;
    }
    return cells;
  }

  private void add(
      Map<CellKey, Map<String, BigDecimal>> cells,
      BucketRange range,
      boolean isBot,
      RestQuestion question) {
    String query =
        "?grain=day&format=json&from="
            + range.from()
            + "&to="
            + range.to()
            + "&zone="
            + encoded(zone.getId())
            + "&bots="
            + (isBot ? "only" : "exclude")
            + (question.isBrokenDown()
                ? "&by=" + question.dimension() + "&top=" + MOST_GROUPS
                : "");
    for (JsonNode row : ask(question.metric() + query).path("rows")) {
      add(cells, row, isBot, question);
    }
  }

  private static void add(
      Map<CellKey, Map<String, BigDecimal>> cells,
      JsonNode row,
      boolean isBot,
      RestQuestion question) {
    String value = row.path("group").asText("");
    if (value.equals(UNNAMED)) {
      throw new StartupException(
          "stream-app names "
              + MOST_GROUPS
              + " values of "
              + question.dimension()
              + " and sums the rest; narrow --from, --to");
    }
    long day = OffsetDateTime.parse(row.path("start").asText()).toInstant().toEpochMilli();
    BigDecimal number = row.path("value").decimalValue().stripTrailingZeros();
    if (number.signum() != 0) {
      var group = new CellGroup(question.subject(), Grain.DAY);
      cells
          .computeIfAbsent(
              new CellKey(group, question.dimension(), day, isBot, value), _ -> new HashMap<>())
          .put(
              question.isMoney()
                  ? question.measure() + row.path("currency").asText("")
                  : question.measure(),
              number);
    }
  }

  private JsonNode ask(String question) {
    URI uri = address.resolve("/v1/metrics/" + question);
    JsonNode tree = answer(uri);
    if (!tree.path("complete").asBoolean(false)) {
      throw new StartupException(
          uri
              + " answers without the partitions "
              + tree.path("missingPartitions")
              + "; wait until all instances of stream-app are ready");
    }
    return tree;
  }

  /** The answer to a question that does not depend on the partitions. */
  JsonNode answer(URI question) {
    URI uri = address.resolve(question);
    HttpResponse<String> answer = send(uri);
    requireOk(uri, answer);
    try {
      return json.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new StartupException(uri + " does not answer JSON: is it stream-app?", e);
    }
  }

  /** Whether stream-app answers a question; it has no reports without PostgreSQL. */
  boolean offers(URI question) {
    return send(address.resolve(question)).statusCode() != UNAVAILABLE;
  }

  /** Asks, and again when stream-app wants, if it answers one key only so many questions. */
  private HttpResponse<String> send(URI uri) {
    HttpResponse<String> answer = sendOnce(uri);
    for (int i = 0; i < AGAIN && answer.statusCode() == TOO_MANY; i++) {
      pause.accept(pauseOf(answer));
      answer = sendOnce(uri);
    }
    return answer;
  }

  private static Duration pauseOf(HttpResponse<String> answer) {
    String seconds = answer.headers().firstValue("Retry-After").orElse("");
    if (!seconds.matches("\\d{1,6}")) {
      return USUAL_PAUSE;
    }
    Duration wanted = Duration.ofSeconds(Long.parseLong(seconds));
    return wanted.compareTo(PATIENCE) > 0 ? PATIENCE : wanted;
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static StartupException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StartupException("interrupted; repeat the command", e);
  }

  private HttpResponse<String> sendOnce(URI uri) {
    try {
      return WholeAnswer.of(client, request(uri), PATIENCE, MOST_BYTES);
    } catch (IOException e) {
      throw new StartupException(
          "stream-app at " + address + " does not answer (" + e + "); start it, or change --url",
          e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private HttpRequest request(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    key.ifPresent(own -> request.header("Authorization", "Bearer " + own));
    return request.build();
  }

  private void requireOk(URI uri, HttpResponse<String> answer) {
    if (answer.statusCode() == UNAUTHORIZED || answer.statusCode() == FORBIDDEN) {
      throw new StartupException(
          "stream-app at " + address + " wants a key: set WEIR_HTTP_KEY to one of its readers");
    }
    if (answer.statusCode() != OK) {
      throw new StartupException(
          uri + " answers " + answer.statusCode() + ": " + oneLine(answer.body()));
    }
  }

  private static String oneLine(String body) {
    return body.lines().findFirst().orElse("").strip();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
