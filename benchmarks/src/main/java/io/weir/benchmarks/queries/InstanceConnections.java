package io.weir.benchmarks.queries;

import io.weir.benchmarks.queries.HttpConnection.HttpReply;
import io.weir.contract.VisitorPartition;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections of one thread to all instances, and which of them is asked for a visitor.
 *
 * @param ports by the visitor's partition
 */
record InstanceConnections(List<Integer> ports, Map<Integer, HttpConnection> connections) {

  InstanceConnections(List<Integer> ports) {
    this(List.copyOf(ports), new HashMap<>());
  }

  HttpReply visitor(String visitor) throws IOException {
    int port = ports.get(VisitorPartition.of(visitor, ports.size()));
    HttpConnection connection = connections.get(port);
    if (connection == null) {
      connection = HttpConnection.open(port);
      connections.put(port, connection);
    }
    return connection.get("/v1/visitors/" + visitor);
  }
}
