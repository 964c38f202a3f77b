package io.weir.http;

import io.weir.process.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** A running server with settings, and callers before it. */
final class Doors implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final WebServer server;

  private Doors(ListenAddress address) {
    this.server = WebServer.of(address, new Up());
    server.start();
  }

  /** Listens on the loopback address; the settings are pairs. */
  static Doors with(String... pairs) {
    return new Doors(address(pairs));
  }

  static ListenAddress address(String... pairs) {
    var environment = new HashMap<>(Map.of("WEIR_STREAM_PORT", "0"));
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return ListenAddress.from(Settings.of(environment), "stream", 8180);
  }

  /** An entry for each role; the key is the role's name with a beginning. */
  static String keys() {
    return "# for tests\nann:reader:%s,bob:operator:%s\n  carl:collector:%s dora:instance:%s\n"
        .formatted(hash("k-reader"), hash("k-operator"), hash("k-collector"), hash("k-instance"));
  }

  static String hash(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", server.port(), path, "", headers);
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send("POST", server.port(), path, body, headers);
  }

  HttpResponse<String> as(String role, String path) {
    return get(path, "Authorization", "Bearer k-" + role);
  }

  HttpResponse<String> send(String method, int port, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private static final class Up implements Operations {
    @Override
    public Health ready() {
      return Health.of(Map.of("store", "ok"));
    }

    @Override
    public String metrics() {
      return "weir_rows_total 3.0\n";
    }
  }
}
