package io.weir.stream.query.live;

import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.cluster.Cluster;

import io.micronaut.http.sse.Event;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.HostInfo;

/** Follows the streams of all other instances, one connection each. Used by one thread. */
@Singleton
final class Following {
  /** What a listener that keeps up can take between two steps; half of it may come from others. */
  private static final int MOST_SESSIONS = 1_000;

  private final Supplier<List<HostInfo>> others;
  private final PeerStreams streams;
  private final ObjectMapper json;
  private final Inbox inbox = new Inbox(MOST_SESSIONS / 2);
  private final Map<HostInfo, Followed> peers = new HashMap<>();
  private long crowdedOut;

  @Inject
  Following(Cluster cluster, Forwarder forwarder, ObjectMapper json) {
    this(cluster::others, new HttpPeerStreams(forwarder), json);
  }

  Following(Supplier<List<HostInfo>> others, PeerStreams streams, ObjectMapper json) {
    this.others = others;
    this.streams = streams;
    this.json = json;
  }

  /** One look at the group and at what its instances tell. */
  void step(long now) {
    Set<HostInfo> group = new HashSet<>(others.get());
    peers.forEach((host, peer) -> {
      if (!group.contains(host)) {
        peer.close();
      }
    });
    peers.keySet().retainAll(group);
    for (HostInfo host : group) {
      peers.computeIfAbsent(host, _ -> new Followed(host, streams, this::feed, now)).step(now);
    }
  }

  private Feed feed() {
    return new Feed(json, inbox);
  }

  /** Whether an instance that has just been found may answer any moment. */
  boolean isAwaiting(long now) {
    return peers.values().stream().anyMatch(peer -> peer.isAwaited(now));
  }

  /** Own sessions, and after them those of the others since the last call. */
  List<Event<Object>> with(List<Event<Object>> own) {
    List<Event<Object>> theirs = inbox.take();
    int over = Math.max(0, Math.min(own.size(), own.size() + theirs.size() - MOST_SESSIONS));
    crowdedOut += over;
    return Stream.concat(own.stream().skip(over), theirs.stream()).toList();
  }

  /** Own counters and those of the others as one. */
  LiveCounters total(LiveCounters own) {
    var all = new ArrayList<LiveCounters>();
    all.add(
        LiveCounters.ofOne(
            own.status(),
            own.openSessions(),
            own.sessionsSkipped() + crowdedOut + inbox.skipped()));
    var missing = new ArrayList<String>();
    for (Followed peer : peers.values()) {
      Optional<LiveCounters> told = peer.counters();
      told.ifPresentOrElse(all::add, () -> missing.add(peer.address()));
    }
    missing.sort(null);
    return CountersSum.of(all, missing);
  }

  /** Hangs up everywhere. */
  void stop() {
    peers.values().forEach(Followed::close);
    peers.clear();
    inbox.take();
  }
}
