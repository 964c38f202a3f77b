package io.weir.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void freePorts_pass() {
    assertThatCode(() -> Ports.free().checkFree()).doesNotThrowAnyException();
  }

  @Test
  void takenPort_isReportedWithNumberOwnerAndOption() throws IOException {
    Ports free = Ports.free();
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = socket.getLocalPort();
      var ports =
          new Ports(
              free.kafka(), free.controller(), taken, free.stream(), free.sink(), free.scoring());

      assertThatThrownBy(ports::checkFree)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("port " + taken + " is in use")
          .hasMessageContaining("--postgres-port");
    }
  }

  @Test
  void portGivenTwice_isRefused() {
    int port = Ports.free().kafka();

    assertThatThrownBy(() -> new Ports(port, 1, port, 2, 3, 4).checkFree())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("port " + port + " is given twice");
  }

  @Test
  void settings_reachEveryClientOfTheSameServers() {
    var catalogue =
        new Catalogue(
            new Checkout(Path.of(".")),
            new Home(Path.of("/w")),
            new Ports(1, 2, 3, 4, 5, 6),
            7,
            Map.of("WEIR_STREAM_MAX_EVENT_AGE", "36500d"));

    assertThat(catalogue.clientSettings())
        .containsEntry("WEIR_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
        .containsEntry("WEIR_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:3/weir")
        .containsEntry("WEIR_TOPIC_PARTITIONS", "7")
        .containsEntry("WEIR_STREAM_MAX_EVENT_AGE", "36500d");
  }
}
