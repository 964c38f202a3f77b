package io.weir.stream.query.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.streams.state.HostInfo;

/** Streams of other instances that bring what a test says. */
final class FakePeerStreams implements PeerStreams {
  final List<Connection> connections = new ArrayList<>();

  record Connection(HostInfo peer, Feed feed, CompletableFuture<Void> reading) {
    boolean isOpen() {
      return !reading.isCancelled();
    }

    void tellReceived(long received) {
      feed.event(
          "counters",
          """
          {"status":{"state":"RUNNING","received":%d},"openSessions":1,"sessionsSkipped":0}\
          """
              .formatted(received));
    }
  }

  @Override
  public Future<?> follow(HostInfo peer, Feed feed) {
    var connection = new Connection(peer, feed, new CompletableFuture<>());
    connections.add(connection);
    return connection.reading;
  }

  List<HostInfo> open() {
    return connections.stream().filter(Connection::isOpen).map(Connection::peer).toList();
  }
}
