package io.weir.stream.query.live;

import java.util.concurrent.Future;
import org.apache.kafka.streams.state.HostInfo;

/** Follows the streams of other instances. */
interface PeerStreams {
  /** Fills the feed with the peer's own events and ends it with them; to cancel hangs up. */
  Future<?> follow(HostInfo peer, Feed feed);
}
