package io.weir.stream.query.cluster;

import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/** Says which instances hold a visitor. */
public interface OwnerLookup {
  HostInfo self();

  /** Empty while the group has not decided. */
  Optional<VisitorPlacement> of(String visitor);
}
