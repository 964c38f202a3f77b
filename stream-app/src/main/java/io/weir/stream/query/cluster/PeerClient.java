package io.weir.stream.query.cluster;

import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/** Asks another instance of the group. */
public interface PeerClient {
  /** Returns the peer's answer; empty when there was none in time or the peer cannot say now. */
  Optional<PeerAnswer> ask(HostInfo peer, String pathAndQuery);

  /** The answer of another instance, to be handed on as it is. */
  record PeerAnswer(int status, String contentType, Optional<String> staleness, String body) {}
}
