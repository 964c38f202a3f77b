package io.weir.stream.query.http;

import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.cluster.Survey;
import io.weir.stream.query.metrics.GroupMetrics;
import io.weir.stream.query.metrics.MemoryCells;
import io.weir.stream.query.metrics.MetricSources;
import io.weir.stream.query.metrics.SessionRows;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;

/** An instance that answers questions about metrics from cells in memory. */
record MetricsNode(WebServer server, Forwarder forwarder) implements AutoCloseable {
  static final HttpClient HTTP = HttpClient.newHttpClient();
  static final String DAY = "from=2026-05-01&to=2026-05-01&grain=day";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-20T10:07:00Z"), ZoneOffset.UTC);
  private static final GoldRules RULES = GoldRules.of(ZoneOffset.UTC, GoldRules.USUAL_QUARTERS);

  /** One of two instances, each of which has a partition. */
  static MetricsNode ofTwo(MemoryCells cells, Supplier<List<HostInfo>> peers) {
    return start(cells, 2, peers, Optional.empty());
  }

  /** The only instance. */
  static MetricsNode alone(MemoryCells cells, Optional<SessionRows> sessions) {
    return start(cells, 1, List::of, sessions);
  }

  private static MetricsNode start(
      MemoryCells cells,
      int partitions,
      Supplier<List<HostInfo>> peers,
      Optional<SessionRows> sessions) {
    var forwarder = new Forwarder(Duration.ofSeconds(5));
    WebServer server = WebServer.of(new ListenAddress("stream", "127.0.0.1", 0));
    var survey = new Survey(peers, forwarder, JsonAnswers.of(server));
    var group = new GroupMetrics(cells, survey, partitions, RULES, CLOCK);
    server.register(new MetricSources(group, sessions, RULES, CLOCK));
    server.start();
    return new MetricsNode(server, forwarder);
  }

  URI uri(String path) {
    return URI.create(server.url() + path);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  HostInfo address() {
    return new HostInfo("127.0.0.1", server.port());
  }

  @Override
  public void close() {
    server.close();
    forwarder.close();
  }
}
