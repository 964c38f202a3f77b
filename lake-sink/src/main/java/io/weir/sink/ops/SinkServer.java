package io.weir.sink.ops;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** {@code /health}, {@code /ready} and {@code /metrics}. */
public final class SinkServer implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int NOT_READY = 503;

  private final InetSocketAddress address;
  private final List<LoopHealth> loops;
  private final SinkMetrics metrics;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable HttpServer server;

  public SinkServer(InetSocketAddress address, List<LoopHealth> loops, SinkMetrics metrics) {
    this.address = address;
    this.loops = List.copyOf(loops);
    this.metrics = metrics;
  }

  public void start() {
    try {
      HttpServer started = HttpServer.create(address, 0);
      started.setExecutor(threads);
      started.createContext("/health", exchange -> answer(exchange, 200, "{\"status\":\"UP\"}"));
      started.createContext("/ready", this::ready);
      started.createContext("/metrics", this::metrics);
      started.start();
      server = started;
    } catch (IOException | RuntimeException e) {
      String where = address.getHostString() + ":" + address.getPort();
      throw new StartupException(
          "cannot listen on "
              + where
              + " ("
              + e.getMessage()
              + "); free it, or change "
              + Settings.variable("sink.port")
              + " or "
              + Settings.variable("sink.host"),
          e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server == null ? address.getPort() : server.getAddress().getPort();
  }

  private void ready(HttpExchange exchange) throws IOException {
    boolean isReady = loops.stream().allMatch(loop -> loop.problem().isEmpty());
    answer(exchange, isReady ? 200 : NOT_READY, readiness(isReady));
  }

  private String readiness(boolean isReady) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("status", isReady ? "UP" : "DOWN");
      json.writeObjectFieldStart("checks");
      for (LoopHealth loop : loops) {
        json.writeStringField(loop.name(), loop.problem().orElse("ok"));
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void metrics(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    answer(exchange, 200, metrics.text());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      boolean isExact =
          exchange.getRequestURI().getPath().equals(exchange.getHttpContext().getPath());
      exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
      if (!isExact) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
    threads.shutdownNow();
  }
}
