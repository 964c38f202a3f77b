package io.weir.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.Service;
import io.weir.local.process.ProcessSpec;
import io.weir.process.StartupException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A stream-app in a process of its own. */
public final class StreamAppProcess implements AutoCloseable {
  private static final long POLL_MILLIS = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BenchProcess process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private StreamAppProcess(BenchProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a stream-app as the project's launcher does.
   *
   * @param checkout whose stream-app it is
   * @param name of its log
   * @param flags for its JVM, besides the launcher's or in their place
   * @param settings environment variables, besides the launcher's or in their place; an empty one
   *     takes the launcher's away
   */
  public static StreamAppProcess start(
      Checkout checkout, Home home, String name, List<String> flags, Map<String, String> settings) {
    Catalogue catalogue = ProjectFolder.catalogue(checkout, home, settings);
    ProcessSpec spec = catalogue.tool(name, Service.STREAM, List.of());
    var environment = new HashMap<>(spec.environment());
    environment.values().removeIf(String::isEmpty);
    ProcessSpec flagged =
        spec.withJavaFlags(JavaFlags.merged(spec.javaFlags(), flags)).withEnvironment(environment);
    return new StreamAppProcess(BenchProcess.start(flagged), catalogue.ports().of(Service.STREAM));
  }

  /** The port of its HTTP answers. */
  public int port() {
    return port;
  }

  /** CPU time and memory of the process. */
  public ProcessUsage usage() {
    return process.usage();
  }

  /** The answer of {@code /v1/status}; empty while the process does not answer yet. */
  public Optional<JsonNode> status() throws InterruptedException {
    return json("/v1/status");
  }

  /** An answer; empty while the process does not answer yet. */
  public Optional<JsonNode> json(String path) throws InterruptedException {
    process.check();
    try {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      return Optional.of(JSON.readTree(http.send(request, BodyHandlers.ofString()).body()));
    } catch (ConnectException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StartupException("stream-app does not answer " + path + ": " + e, e);
    }
  }

  /** Waits until the status fulfils the condition; returns that status. */
  public JsonNode await(Duration most, Predicate<JsonNode> condition) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (true) {
      Optional<JsonNode> status = status();
      if (status.isPresent() && condition.test(status.get())) {
        return status.get();
      }
      if (System.nanoTime() > deadline) {
        throw new StartupException(
            "stream-app did not come so far within " + most + "; its status: " + status);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Waits until the state of the Streams client is {@code RUNNING}. */
  public void awaitRunning(Duration most) throws InterruptedException {
    await(most, status -> status.path("state").asText().equals("RUNNING"));
  }

  /** SIGKILL: the process has no chance to tidy up. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** SIGTERM, then patience, then SIGKILL. */
  @Override
  public void close() {
    process.close();
    http.close();
  }
}
