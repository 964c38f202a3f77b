package io.weir.ingest.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.weir.ingest.registry.RegistryClient.Patience;
import io.weir.process.Stop;
import io.weir.process.tls.PeerTrust;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A schema registry over real HTTP that wants a login. */
final class RegistryOverHttp implements AutoCloseable {
  static final Optional<String> LOGIN = Optional.of("key:secret");
  static final Patience SHORT =
      new Patience(Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofMillis(5));
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  RegistryOverHttp() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The client of this registry. */
  SchemaRegistry client(Optional<String> login, Patience patience, Stop stop) {
    return new SchemaRegistry(new RegistryAddress(url(), login), PeerTrust.usual(), patience, stop);
  }

  /** The paths that were asked for, in order. */
  List<String> asked() {
    return asked;
  }

  void has(int id, String schema) throws IOException {
    hasAnswer("/schemas/ids/" + id, JSON.writeValueAsString(Map.of("schema", schema)));
  }

  /** Has a schema of Avro that refers to versions of subjects. */
  void hasReferring(String path, String schema, String... paths) throws IOException {
    var references =
        List.of(paths).stream()
            .map(each -> each.split("/", -1))
            .map(each -> Map.of("name", "X", "subject", each[0], "version", each[1]))
            .toList();
    hasAnswer(path, JSON.writeValueAsString(Map.of("schema", schema, "references", references)));
  }

  void hasAnswer(String path, String body) {
    answers.put(path, exchange -> send(exchange, 200, body));
  }

  void hasStatus(String path, int status) {
    answers.put(path, exchange -> send(exchange, status, "{}"));
  }

  void has(String path, HttpHandler handler) {
    answers.put(path, handler);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    asked.add(path);
    String login = exchange.getRequestHeaders().getFirst("Authorization");
    // key:secret
    if (!"Basic a2V5OnNlY3JldA==".equals(login)) {
      send(exchange, 401, "{}");
      return;
    }
    HttpHandler known = answers.get(path);
    if (known == null) {
      send(exchange, 404, "{}");
    } else {
      known.handle(exchange);
    }
  }

  static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  static byte[] framed(int id, byte[] content) {
    return ByteBuffer.allocate(5 + content.length).put((byte) 0).putInt(id).put(content).array();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
