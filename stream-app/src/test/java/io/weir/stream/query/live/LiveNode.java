package io.weir.stream.query.live;

import io.weir.contract.avro.Session;
import io.weir.http.ListenAddress;
import io.weir.http.WebServer;
import io.weir.stream.Listener;
import io.weir.stream.processor.RecentSessions;
import io.weir.stream.processor.ShownSessions;
import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.cluster.Survey;
import io.weir.stream.query.http.JsonAnswers;
import io.weir.stream.query.http.Listeners;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.apache.kafka.streams.state.HostInfo;

/** The live stream of one instance behind a real server; the rest is made up. */
final class LiveNode implements AutoCloseable {
  final List<HostInfo> others = new CopyOnWriteArrayList<>();
  private final RecentSessions sessions = new RecentSessions(10);
  private final Forwarder forwarder = new Forwarder(Duration.ofSeconds(1));
  private final LiveStream live;
  private final WebServer server;

  LiveNode(int port, long received) {
    server = WebServer.of(new ListenAddress("stream", "127.0.0.1", port));
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    var news = new OwnNews(sessions, () -> SampleCounters.counters(received));
    var listeners = new Listeners(threads);
    var survey = new Survey(() -> others, forwarder, JsonAnswers.of(server));
    live = new LiveStream(news, new PeerPoll(survey, threads), listeners);
    server.register(listeners, news);
  }

  LiveNode start() {
    server.start();
    live.start();
    return this;
  }

  HostInfo address() {
    return new HostInfo("127.0.0.1", server.url().getPort());
  }

  URI uri(String path) {
    return URI.create(server.url() + path);
  }

  Listener listen() {
    return Listener.to(uri("/v1/stream"));
  }

  void emit(String visitor) {
    var session = new Session();
    session.setVisitorId(visitor);
    session.setAds(List.of());
    session.setAdPages(List.of());
    session.setAdPositions(List.of());
    session.setGoals(List.of());
    session.setRefundedE4(Map.of());
    session.setCartValueE4(Map.of());
    session.setCartProducts(List.of());
    session.setRevenueE4(Map.of());
    ShownSessions.add(sessions, session);
  }

  @Override
  public void close() {
    live.close();
    forwarder.close();
    server.close();
  }
}
