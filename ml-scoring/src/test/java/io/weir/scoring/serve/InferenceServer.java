package io.weir.scoring.serve;

import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.process.tls.PeerTrust;
import io.weir.scoring.registry.ClickModel;
import io.weir.scoring.registry.DirectoryRegistry;
import io.weir.scoring.registry.ModelKind;
import io.weir.scoring.registry.ModelSlot;
import io.weir.scoring.registry.ReturnModel;
import io.weir.testkit.ManualClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The HTTP side alone, with the model of a folder. */
final class InferenceServer implements AutoCloseable {
  private final DirectoryRegistry registry;
  private final DirectoryRegistry clicks;
  private final DirectoryRegistry returns;
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  InferenceServer(Path models) {
    this(models, new VisitorSessions(Optional.empty(), Optional.empty(), PeerTrust.usual()));
  }

  InferenceServer(Path models, VisitorSessions open) {
    this(models, new ListenAddress("scoring", "127.0.0.1", 0), open);
  }

  /** A server at an address; it also has the given beans. */
  InferenceServer(Path models, ListenAddress listen, Object... beans) {
    var clock = new ManualClock(Instant.EPOCH);
    this.registry = new DirectoryRegistry(models, clock, () -> {}, Optional.empty());
    this.clicks =
        new DirectoryRegistry(
            ModelSlot.champion(ModelKind.CLICK, models.resolve("p_click")), clock, () -> {});
    this.returns =
        new DirectoryRegistry(
            ModelSlot.champion(ModelKind.RETURN, models.resolve("p_return_7d")), clock, () -> {});
    var own = Stream.of(registry, new ClickModel(clicks), new ReturnModel(returns));
    this.server = WebServer.of(listen, Stream.concat(own, Stream.of(beans)).toArray());
    registry.refresh();
    clicks.refresh();
    returns.refresh();
    server.start();
  }

  int port() {
    return server.port();
  }

  void refresh() {
    registry.refresh();
  }

  /** Without the protocol, as the Python client wants it. */
  String address() {
    return "127.0.0.1:" + server.port();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
    request.header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address() + path));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
