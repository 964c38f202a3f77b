package io.weir.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortTest {
  /** The first port that Linux gives to outgoing connections. */
  private static final int FIRST_OF_CONNECTIONS = 32_768;

  @Test
  void freePorts_areOutOfReachOfOutgoingConnections_andDiffer() {
    Set<Integer> ports = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ports.add(Port.free());
    }
    assertThat(ports).hasSize(100).allMatch(port -> port < FIRST_OF_CONNECTIONS);
  }

  @Test
  void aListener_takesItsPort() throws IOException {
    int port = Port.free();
    assertThat(Port.isTaken(port)).isFalse();
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Port.isTaken(port)).isTrue();
    }
  }
}
