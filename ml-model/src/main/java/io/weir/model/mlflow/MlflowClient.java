package io.weir.model.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Calls to a tracking server. The server must proxy artifacts, as {@code mlflow server} does by
 * default. A call takes half a minute at most. All but POST are repeated twice after a failure of
 * the connection or the server.
 */
public final class MlflowClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> REPEATABLE = Set.of("GET", "PUT", "PATCH");
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(200), Duration.ofSeconds(1));
  private static final String PROXIED = "mlflow-artifacts:";

  private final String base;
  private final Optional<String> authorization;
  private final MlflowCalls calls;

  /**
   * A client of one server.
   *
   * @param address with user and password before the host where the server wants them
   */
  public MlflowClient(URI address) {
    this(address, PATIENCE, RegisteredModel.LARGEST_FILE);
  }

  MlflowClient(URI address, Duration patience, long largest) {
    this.calls = new MlflowCalls(patience, largest);
    String text = address.toString();
    String user = address.getRawUserInfo();
    this.authorization =
        Optional.ofNullable(address.getUserInfo())
            .map(info -> "Basic " + Base64.getEncoder().encodeToString(info.getBytes(UTF_8)));
    String bare = user == null ? text : text.replace(user + "@", "");
    this.base = bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
  }

  /**
   * The address of a server; empty if the text is none. The text may hold a password: a message may
   * not repeat it.
   */
  public static Optional<URI> parse(String text) {
    try {
      URI address = new URI(text);
      boolean isHttp = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      return Optional.of(address).filter(found -> isHttp && found.getHost() != null);
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  /** The address without user and password. */
  public String address() {
    return base;
  }

  public JsonNode get(String path, Map<String, String> query) throws IOException {
    String parameters =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
    return json(send("GET", "/api/2.0/mlflow/" + path + parameters, BodyPublishers.noBody()));
  }

  public JsonNode post(String path, Object body) throws IOException {
    return json(send("POST", "/api/2.0/mlflow/" + path, body(body)));
  }

  public JsonNode patch(String path, Object body) throws IOException {
    return json(send("PATCH", "/api/2.0/mlflow/" + path, body(body)));
  }

  /** Stores a file below an artifact address such as {@code mlflow-artifacts:/1/…}. */
  public void upload(String artifacts, String name, byte[] content) throws IOException {
    byte[] _ = send("PUT", file(artifacts, name), BodyPublishers.ofByteArray(content));
  }

  /** Reads a file below an artifact address. */
  public byte[] download(String artifacts, String name) throws IOException {
    return send("GET", file(artifacts, name), BodyPublishers.noBody());
  }

  private static String file(String artifacts, String name) throws IOException {
    if (!artifacts.startsWith(PROXIED)) {
      throw new IOException(
          "the server keeps artifacts at " + artifacts + " and does not proxy them");
    }
    String path = escapedPath(artifacts).replaceFirst("^/+", "");
    return "/api/2.0/mlflow-artifacts/artifacts/" + path + "/" + encoded(name);
  }

  /** The path as it may stand in a request: what the address escapes stays escaped. */
  private static String escapedPath(String artifacts) throws IOException {
    try {
      String path = URI.create(new URI(artifacts).toASCIIString()).getRawPath();
      if (path != null) {
        return path;
      }
    } catch (URISyntaxException _) {
      // The same as an address without a path.
    }
    throw new IOException("the server keeps artifacts at " + artifacts + ", which is no address");
  }

  /** Repeats a call that may come twice, if another answer may come soon. */
  private byte[] send(String method, String path, BodyPublisher body) throws IOException {
    for (Duration pause : REPEATABLE.contains(method) ? PAUSES : List.<Duration>of()) {
      try {
        return sendOnce(method, path, body);
      } catch (IOException e) {
        if (!mayPass(e)) {
          throw e;
        }
        MlflowCalls.pause(pause);
      }
    }
    return sendOnce(method, path, body);
  }

  /** Whether a failure may be over in a second. A timeout has taken long enough. */
  private static boolean mayPass(IOException failure) {
    return switch (failure) {
      case MlflowException answer -> answer.isServerError();
      case BodyTooLargeException _, HttpTimeoutException _, InterruptedIOException _ -> false;
      default -> true;
    };
  }

  private byte[] sendOnce(String method, String path, BodyPublisher body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("content-type", "application/json")
            .method(method, body);
    authorization.ifPresent(value -> request.header("authorization", value));
    HttpResponse<byte[]> response = calls.send(request.build());
    if (response.statusCode() / 100 != 2) {
      throw failure(method + " " + path, response);
    }
    return response.body();
  }

  private MlflowException failure(String call, HttpResponse<byte[]> response) {
    String code = "";
    String message = new String(response.body(), UTF_8);
    try {
      JsonNode body = JSON.readTree(response.body());
      code = body.path("error_code").asText("");
      message = body.path("message").asText(message);
    } catch (IOException _) {
      // The text says more than nothing.
    }
    String first = message.lines().findFirst().orElse("");
    return new MlflowException(
        base + " answers " + response.statusCode() + " to " + call + ": " + first,
        response.statusCode(),
        code);
  }

  private static JsonNode json(byte[] body) throws IOException {
    return JSON.readTree(body.length == 0 ? "{}".getBytes(UTF_8) : body);
  }

  private static BodyPublisher body(Object body) {
    try {
      return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and lists are always valid JSON", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    calls.close();
  }
}
