package io.weir.benchmarks.queries;

import io.weir.benchmarks.queries.HttpConnection.Answer;
import io.weir.contract.VisitorPartition;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which instance is asked for a visitor: one connection to each, for one thread.
 *
 * @param ports by the visitor's partition
 */
record InstanceConnections(List<Integer> ports, Map<Integer, HttpConnection> connections) {

  InstanceConnections(List<Integer> ports) {
    this(List.copyOf(ports), new HashMap<>());
  }

  Answer visitor(String visitor) throws IOException {
    int port = ports.get(VisitorPartition.of(visitor, ports.size()));
    HttpConnection connection = connections.get(port);
    if (connection == null) {
      connection = HttpConnection.open(port);
      connections.put(port, connection);
    }
    return connection.get("/v1/visitors/" + visitor);
  }
}
