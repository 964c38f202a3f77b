package io.weir.stream.query.visitor;

import io.weir.stream.query.cluster.PeerClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Asks each instance only so many questions at a time. Who waits for an instance that hangs keeps
 * nobody from asking the others.
 */
final class BoundedPeers implements PeerClient {
  private final PeerClient peers;
  private final int most;
  private final Map<HostInfo, Semaphore> permits = new ConcurrentHashMap<>();

  BoundedPeers(PeerClient peers, int most) {
    this.peers = peers;
    this.most = most;
  }

  @Override
  public Optional<PeerAnswer> ask(HostInfo peer, String pathAndQuery) {
    Semaphore own = permits.computeIfAbsent(peer, _ -> new Semaphore(most));
    try {
      own.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return peers.ask(peer, pathAndQuery);
    } finally {
      own.release();
    }
  }
}
