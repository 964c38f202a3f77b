package io.weir.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.contract.StartupException;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A stream-app of its own process. */
final class StreamApp implements AutoCloseable {
  private static final int STOP_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final URI status;
  private final HttpClient http = HttpClient.newHttpClient();

  private StreamApp(Process process, URI status) {
    this.process = process;
    this.status = status;
  }

  /** Starts it from the classes of this project folder. */
  static StreamApp start(List<String> flags, Map<String, String> settings, Path log) {
    int port = freePort();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath("stream-app"), "io.weir.stream.Main"));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().putAll(settings);
    builder.environment().put("WEIR_STREAM_PORT", Integer.toString(port));
    try {
      return new StreamApp(builder.start(), URI.create("http://127.0.0.1:" + port + "/v1/status"));
    } catch (IOException e) {
      throw new StartupException("stream-app cannot be started: " + e.getMessage(), e);
    }
  }

  static String classPath(String module) {
    Path target = Path.of(System.getProperty("weir.root", "."), module, "target");
    try {
      return target.resolve("classes")
          + File.pathSeparator
          + Files.readString(target.resolve("classpath")).strip();
    } catch (IOException e) {
      throw new StartupException(module + " is not built: run ./weir build", e);
    }
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StartupException("no free port: " + e, e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** What it says of itself, empty while it does not answer yet. */
  Optional<JsonNode> status() throws InterruptedException {
    if (!process.isAlive()) {
      throw new StartupException("stream-app ended with exit code " + process.exitValue());
    }
    try {
      HttpRequest request = HttpRequest.newBuilder(status).build();
      return Optional.of(JSON.readTree(http.send(request, BodyHandlers.ofString()).body()));
    } catch (ConnectException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StartupException("stream-app's status cannot be read: " + e, e);
    }
  }

  /** SIGTERM, then patience, then SIGKILL. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
