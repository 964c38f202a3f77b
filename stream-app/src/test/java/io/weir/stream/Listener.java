package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Listens to server-sent events, as a browser would. */
public final class Listener implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** Listens to a URI. The headers are names and values in turn, if there are any. */
  public static Listener to(URI uri, String... headers) {
    var listener = new Listener();
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    var _ =
        listener
            .client
            .sendAsync(request.build(), BodyHandlers.ofLines())
            .thenAccept(answer -> answer.body().forEach(listener.lines::add));
    return listener;
  }

  /** Waits for counters as they should be; forgets what was heard before. */
  public JsonNode counters(Predicate<JsonNode> right) throws InterruptedException {
    return next("counters", right);
  }

  /** Waits for a session of this visitor; forgets what was heard before. */
  public JsonNode session(Predicate<String> visitor) throws InterruptedException {
    return next("session", session -> visitor.test(session.path("visitorId").asText()));
  }

  private JsonNode next(String name, Predicate<JsonNode> right) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode last = JSON.nullNode();
    while (true) {
      String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(line).as("%s as they should be; the last: %s", name, last).isNotNull();
      if (line.equals("event: " + name)) {
        last = data(lines.take());
        if (right.test(last)) {
          return last;
        }
      }
    }
  }

  private static JsonNode data(String line) {
    assertThat(line).startsWith("data: ");
    try {
      return JSON.readTree(line.substring("data: ".length()));
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
