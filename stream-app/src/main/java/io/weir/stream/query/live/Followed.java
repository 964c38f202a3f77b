package io.weir.stream.query.live;

import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** One other instance: followed, or given up until the next try. Times are nanoseconds. */
final class Followed {
  /** Counters come every second. */
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(4);

  private static final long RETRY = TimeUnit.SECONDS.toNanos(1);
  private static final long FIRST_ANSWER = TimeUnit.SECONDS.toNanos(2);

  private final HostInfo host;
  private final PeerStreams streams;
  private final Supplier<Feed> feeds;
  private final long since;
  private @Nullable Connection connection;
  private @Nullable LiveCounters counters;
  private boolean wasHeard;
  private long changed;

  private record Connection(Feed feed, Future<?> reading) {
    void drop() {
      feed.drop();
      reading.cancel(true);
    }
  }

  Followed(HostInfo host, PeerStreams streams, Supplier<Feed> feeds, long now) {
    this.host = host;
    this.streams = streams;
    this.feeds = feeds;
    this.since = now;
    this.changed = now - RETRY;
  }

  void step(long now) {
    if (connection == null) {
      if (now - changed >= RETRY) {
        connect(now);
      }
      return;
    }
    Optional<LiveCounters> told = connection.feed.takeCounters();
    if (told.isPresent()) {
      counters = told.get();
      wasHeard = true;
      changed = now;
    } else if (connection.feed.hasEnded() || now - changed > SILENCE) {
      close();
      changed = now;
    }
  }

  private void connect(long now) {
    Feed feed = feeds.get();
    connection = new Connection(feed, streams.follow(host, feed));
    changed = now;
  }

  /** As it told last; empty while it is not heard. */
  Optional<LiveCounters> counters() {
    return Optional.ofNullable(counters);
  }

  /** It is new and may answer any moment. */
  boolean isAwaited(long now) {
    return !wasHeard && now - since < FIRST_ANSWER;
  }

  String address() {
    return host.host() + ":" + host.port();
  }

  void close() {
    if (connection != null) {
      connection.drop();
      connection = null;
    }
    counters = null;
  }
}
