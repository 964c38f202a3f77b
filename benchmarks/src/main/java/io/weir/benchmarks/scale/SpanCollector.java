package io.weir.benchmarks.scale;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** A collector of OpenTelemetry's protocol that takes all spans and keeps none. */
final class SpanCollector implements AutoCloseable {
  private static final int TAKEN = 200;
  private static final int NO_BODY = -1;

  private final HttpServer server;
  private final AtomicLong requests = new AtomicLong();

  private SpanCollector(HttpServer server) {
    this.server = server;
  }

  static SpanCollector start() throws IOException {
    var collector =
        new SpanCollector(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    collector.server.createContext("/v1/traces", collector::take);
    collector.server.start();
    return collector;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      exchange.sendResponseHeaders(TAKEN, NO_BODY);
      requests.incrementAndGet();
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  long requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
