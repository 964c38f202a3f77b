package io.weir.stream.query;

import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/** Asks other instances of the group. */
interface Peers {
  /** The answer, whatever it says; empty when there was none in time or the peer cannot say now. */
  Optional<PeerAnswer> ask(HostInfo peer, String pathAndQuery);
}
