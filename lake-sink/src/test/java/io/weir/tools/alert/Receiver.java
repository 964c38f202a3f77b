package io.weir.tools.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receives calls and notes them, as a person's webhook would. */
final class Receiver implements AutoCloseable {
  static final String SECRET = "a secret of the test";

  private final HttpServer server;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile Runnable onCall = () -> {};

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String timestamp = exchange.getRequestHeaders().getFirst("Weir-Timestamp");
      boolean isSigned =
          ("v1=" + Webhook.signature(SECRET, timestamp, body))
              .equals(exchange.getRequestHeaders().getFirst("Weir-Signature"));
      calls.add(
          status
              + " "
              + (isSigned ? "" : "unsigned ")
              + exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      bodies.add(body);
      onCall.run();
      exchange.sendResponseHeaders(status, -1);
    }
  }

  void answer(int newStatus) {
    status = newStatus;
  }

  void onCall(Runnable action) {
    onCall = action;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  List<String> calls() {
    return calls;
  }

  List<String> bodies() {
    return bodies;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
