package io.weir.stream.query.cluster;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.HostInfo;

/** Asks another instance of the group. */
public interface PeerClient {
  /** Returns the peer's answer; empty when there was none in time or the peer cannot say now. */
  Optional<PeerAnswer> ask(HostInfo peer, String pathAndQuery);

  /**
   * The answer of another instance, to be handed on as it is.
   *
   * @param searched the partitions that the peer searched for a visitor it did not find; only the
   *     answer to a question by a stored id names some
   */
  record PeerAnswer(
      int status,
      String contentType,
      Optional<String> staleness,
      String body,
      Set<Integer> searched) {

    public PeerAnswer {
      searched = Set.copyOf(searched);
    }

    public PeerAnswer(int status, String contentType, Optional<String> staleness, String body) {
      this(status, contentType, staleness, body, Set.of());
    }
  }
}
