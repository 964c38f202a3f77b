package io.weir.stream.query.cluster;

import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/** Asks other instances of the group. */
public interface PeerClient {
  /** The answer, whatever it says; empty when there was none in time or the peer cannot say now. */
  Optional<PeerAnswer> ask(HostInfo peer, String pathAndQuery);
}
