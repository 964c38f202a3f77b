package io.weir.benchmarks.process;

import io.weir.benchmarks.measure.ProcessUsage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.process.StartupException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A stream-app of its own process. */
public final class StreamAppProcess implements AutoCloseable {
  private static final long POLL_MILLIS = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final int port;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();

  private StreamAppProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts it from the classes of this project folder. */
  public static StreamAppProcess start(List<String> flags, Map<String, String> settings, Path log) {
    int port = Program.freePort();
    var all = new HashMap<>(settings);
    all.put("WEIR_STREAM_PORT", Integer.toString(port));
    // As the project's launcher does, unless the user says otherwise.
    all.put("MALLOC_ARENA_MAX", System.getenv().getOrDefault("MALLOC_ARENA_MAX", "2"));
    var program = new Program("stream-app", "io.weir.stream.Main", flags, List.of());
    return new StreamAppProcess(program.start(all, log), port, log);
  }

  public int port() {
    return port;
  }

  public ProcessUsage usage() {
    return new ProcessUsage(process.pid());
  }

  /** What it says of itself, empty while it does not answer yet. */
  public Optional<JsonNode> status() throws InterruptedException {
    return json("/v1/status");
  }

  /** An answer, empty while nobody answers yet. */
  public Optional<JsonNode> json(String path) throws InterruptedException {
    if (!process.isAlive()) {
      throw new StartupException(
          "stream-app ended with exit code " + process.exitValue() + ": " + lastLine());
    }
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

  private String lastLine() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return lines.isEmpty() ? "its log is empty" : lines.getLast();
    } catch (IOException e) {
      return "its log cannot be read: " + e;
    }
  }

  /** Waits until its status is as wanted; returns that status. */
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

  public void awaitRunning(Duration most) throws InterruptedException {
    await(most, status -> status.path("state").asText().equals("RUNNING"));
  }

  /** SIGKILL: no chance to tidy up. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, then patience, then SIGKILL. */
  @Override
  public void close() {
    Program.stop(process);
    http.close();
  }
}
