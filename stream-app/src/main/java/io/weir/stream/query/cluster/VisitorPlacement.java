package io.weir.stream.query.cluster;

import java.util.List;
import org.apache.kafka.streams.state.HostInfo;

/** Where the group keeps a visitor: the instance that works on it, and warm copies elsewhere. */
public record VisitorPlacement(int partition, HostInfo active, List<HostInfo> standbys) {

  public VisitorPlacement {
    standbys = List.copyOf(standbys);
  }
}
