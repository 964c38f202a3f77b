package io.weir.stream.query;

import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/** Says which instances hold a visitor. */
interface Placements {
  HostInfo self();

  /** Empty while the group has not decided. */
  Optional<Placement> of(String visitor);
}
