package io.weir.tools.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.process.WholeAnswer;
import io.weir.process.tls.PeerTrust;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service by its address: ready or why not, its clock, its disk, and its certificates' end.
 *
 * @param patience for a whole answer
 */
record ServiceCheck(HttpClient client, ServiceUrl address, Optional<String> key, Duration patience)
    implements Check {
  /** Patience with a service that works. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The metrics of a large stream-app have less than one MiB. */
  private static final int MOST_BYTES = 16 << 20;

  private static final Duration ONE_SECOND = Duration.ofSeconds(1);
  private static final double LITTLE = 0.1;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final String OPERATOR =
      "set WEIR_HTTP_KEY to an operator's key, or ask the management port";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String part() {
    return address.place();
  }

  @Override
  public List<Finding> look() throws InterruptedException {
    var seen = new ArrayList<Finding>();
    try {
      Instant before = Instant.now();
      HttpResponse<String> ready = ask("/ready");
      Instant after = Instant.now();
      seen.addAll(readiness(ready));
      date(ready)
          .map(there -> Clocks.compare(part(), before, there, after, ONE_SECOND))
          .filter(clock -> clock.level() != Finding.Level.OK)
          .ifPresent(seen::add);
      if (ready.statusCode() != NOT_FOUND) {
        HttpResponse<String> metrics = ask("/metrics");
        seen.addAll(disk(metrics));
        seen.addAll(ServiceCertificates.look(part(), metrics.body()));
      }
    } catch (IOException e) {
      seen.add(unanswered(e));
    }
    return seen;
  }

  private Finding unanswered(IOException e) {
    return PeerTrust.isDistrust(e)
        ? Finding.fail(
            part(),
            "cannot be asked by TLS: " + e.getMessage(),
            "its certificate must name this host, and be of an authority in"
                + " WEIR_HTTP_TLS_TRUST_FILE")
        : Finding.fail(
            part(),
            "does not answer: " + (e.getMessage() == null ? e : e.getMessage()),
            "start the service, or correct --url");
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.page(path));
    key.ifPresent(own -> request.header("Authorization", "Bearer " + own));
    return WholeAnswer.of(client, request.build(), patience, MOST_BYTES);
  }

  private List<Finding> readiness(HttpResponse<String> answer) {
    if (answer.statusCode() == NOT_FOUND) {
      return List.of(
          Finding.fail(
              part(),
              "has no /ready at this port",
              "give the management port (WEIR_…_MANAGEMENT_PORT) in --url, or correct it"));
    }
    JsonNode health = health(answer.body());
    var seen = new ArrayList<Finding>();
    for (Map.Entry<String, JsonNode> each : health.path("checks").properties()) {
      String text = each.getValue().asText();
      if (!text.equals("ok")) {
        String problem = "not ready: " + each.getKey() + ": " + text;
        seen.add(Finding.fail(part(), problem, "docs/runbook.md has the text"));
      }
    }
    for (Map.Entry<String, JsonNode> each : health.path("warnings").properties()) {
      String text = each.getKey() + ": " + each.getValue().asText();
      seen.add(Finding.warn(part(), text, "look whether it stays"));
    }
    if (seen.isEmpty()) {
      seen.add(withoutReasons(health.path("status").asText(), answer.statusCode()));
    }
    return seen;
  }

  /** To a stranger a service says whether it is ready, and not why. */
  private Finding withoutReasons(String health, int status) {
    return switch (health) {
      case "UP" -> Finding.ok(part(), "is ready");
      case "DOWN" ->
          Finding.fail(part(), "not ready, and does not say why to a stranger", OPERATOR);
      default ->
          Finding.fail(
              part(), "answers " + status + ", and not as a service of Weir", "correct --url");
    };
  }

  private static JsonNode health(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException _) {
      return JSON.missingNode();
    }
  }

  private static Optional<Instant> date(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("date")
        .flatMap(text -> {
          try {
            return Optional.of(
                ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
          } catch (DateTimeParseException _) {
            return Optional.empty();
          }
        });
  }

  private List<Finding> disk(HttpResponse<String> answer) {
    if (answer.statusCode() != OK) {
      String text = "its disk was not looked at: /metrics answers " + answer.statusCode();
      return List.of(Finding.warn(part(), text, OPERATOR));
    }
    String metrics = answer.body();
    Optional<Double> free = value(metrics, "disk_free_bytes");
    Optional<Double> total = value(metrics, "disk_total_bytes");
    if (free.isEmpty() || total.isEmpty() || free.get() >= LITTLE * total.get()) {
      return List.of();
    }
    String text = "%.0f %% of its disk are left".formatted(100 * free.get() / total.get());
    return List.of(Finding.fail(part(), text, "make room, or give it a larger disk"));
  }

  private static Optional<Double> value(String metrics, String name) {
    Matcher line = Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)").matcher(metrics);
    try {
      return line.find()
          ? Optional.of(Double.valueOf(line.group(1))).filter(Double::isFinite)
          : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty(); // such as +Inf
    }
  }
}
