package io.weir.stream.query;

import java.util.List;
import org.apache.kafka.streams.state.HostInfo;

/** Where the group keeps a visitor: the instance that works on it, and warm copies elsewhere. */
record Placement(int partition, HostInfo active, List<HostInfo> standbys) {

  Placement {
    standbys = List.copyOf(standbys);
  }
}
