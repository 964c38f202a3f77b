package io.weir.stream.query.live;

import io.weir.stream.query.cluster.Forwarder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams over HTTP, a virtual thread for each. */
final class HttpPeerStreams implements PeerStreams {
  private static final Logger log = LoggerFactory.getLogger(HttpPeerStreams.class);

  private final Forwarder forwarder;
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

  HttpPeerStreams(Forwarder forwarder) {
    this.forwarder = forwarder;
  }

  @Override
  public Future<?> follow(HostInfo peer, Feed feed) {
    return readers.submit(() -> read(peer, feed));
  }

  private void read(HostInfo peer, Feed feed) {
    try (Stream<String> lines = forwarder.lines(peer, "/v1/stream")) {
      lines.forEach(new EventLines(feed::event)::line);
    } catch (IOException | UncheckedIOException e) {
      log.debug("the stream of {}:{} ended: {}", peer.host(), peer.port(), e.toString());
    } catch (IllegalArgumentException e) {
      // Its advertised host makes no address: nobody can ask it anything.
      log.warn("{}:{} cannot be asked: {}", peer.host(), peer.port(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      feed.end();
    }
  }
}
