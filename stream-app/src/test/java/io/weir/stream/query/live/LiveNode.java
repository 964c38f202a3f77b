package io.weir.stream.query.live;

import io.weir.stream.query.cluster.Forwarder;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.ObjectMapper;
import io.weir.contract.avro.Session;
import io.weir.stream.Listener;
import io.weir.stream.processor.RecentSessions;
import io.weir.stream.processor.ShownSessions;
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
  private final ApplicationContext context;
  private final EmbeddedServer server;

  LiveNode(int port, long received) {
    var following =
        new Following(() -> others, new HttpPeerStreams(forwarder), ObjectMapper.getDefault());
    live =
        new LiveStream(
            sessions,
            _ -> SampleCounters.counters(received),
            following,
            Executors.newVirtualThreadPerTaskExecutor());
    context =
        ApplicationContext.run(
            Map.of("micronaut.server.host", "127.0.0.1", "micronaut.server.port", port));
    context.registerSingleton(LiveStream.class, live);
    server = context.getBean(EmbeddedServer.class);
  }

  LiveNode start() {
    server.start();
    live.start();
    return this;
  }

  HostInfo address() {
    return new HostInfo("127.0.0.1", server.getPort());
  }

  Listener listen(String... headers) {
    return Listener.to(URI.create(server.getURL() + "/v1/stream"), headers);
  }

  void emit(String visitor) {
    var session = new Session();
    session.setVisitorId(visitor);
    session.setRevenueE4(Map.of());
    ShownSessions.add(sessions, session);
  }

  @Override
  public void close() {
    live.close();
    forwarder.close();
    context.close();
  }
}
