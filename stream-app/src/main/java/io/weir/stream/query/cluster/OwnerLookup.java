package io.weir.stream.query.cluster;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/** Says which instances hold a visitor. */
public interface OwnerLookup {
  HostInfo self();

  /** The other instances of the group. */
  List<HostInfo> others();

  /** Returns the owners of a visitor; empty while the group has not decided. */
  Optional<Owners> owners(String visitor);

  /** The instance that works on a visitor, and the instances that have warm copies. */
  record Owners(int partition, HostInfo active, List<HostInfo> standbys) {

    public Owners {
      standbys = List.copyOf(standbys);
    }
  }
}
