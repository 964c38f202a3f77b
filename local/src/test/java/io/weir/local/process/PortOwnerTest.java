package io.weir.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortOwnerTest {
  private static final String HEADER =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
  private static final String ROW =
      "   0: 0100007F:%s 00000000:0000 %s 00000000:00000000 00:00000000 00000000  1000 0 %s 1\n";

  @TempDir private Path proc = Path.of("");

  @BeforeEach
  void twoProcesses_eachWithASocket() throws IOException {
    Files.createDirectories(proc.resolve("net"));
    socket("100", "777");
    socket("200", "888");
    Files.createDirectories(proc.resolve("self"));
  }

  private void socket(String pid, String inode) throws IOException {
    Path descriptors = Files.createDirectories(proc.resolve(pid).resolve("fd"));
    Files.createSymbolicLink(descriptors.resolve("3"), Path.of("socket:[" + inode + "]"));
    Files.createSymbolicLink(descriptors.resolve("4"), Path.of("pipe:[5]"));
  }

  private void table(String name, String rows) throws IOException {
    Files.writeString(proc.resolve("net").resolve(name), HEADER + rows);
  }

  @Test
  void listener_isFound() throws IOException {
    table("tcp", ROW.formatted("23E8", "0A", "888")); // 9192

    assertThat(new PortOwner(proc).pid(9192)).contains(200L);
  }

  @Test
  void listenerOnVersionSix_isFound() throws IOException {
    table("tcp", "");
    table("tcp6", ROW.replace("0100007F", "0".repeat(32)).formatted("23E8", "0A", "777"));

    assertThat(new PortOwner(proc).pid(9192)).contains(100L);
  }

  @Test
  void mereConnection_isNoOwner() throws IOException {
    table("tcp", ROW.formatted("23E8", "01", "888"));

    assertThat(new PortOwner(proc).pid(9192)).isEmpty();
  }

  @Test
  void hiddenOwner_isUnknown() throws IOException {
    table("tcp", ROW.formatted("23E8", "0A", "999"));

    assertThat(new PortOwner(proc).pid(9192)).isEmpty();
  }

  @Test
  void otherSystem_knowsNobody() {
    assertThat(new PortOwner(proc.resolve("absent")).pid(9192)).isEmpty();
  }

  @Test
  void thisProcess_isFoundByItsPort() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "no /proc on this system");
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

      assertThat(PortOwner.ofSystem().pid(socket.getLocalPort()))
          .contains(ProcessHandle.current().pid());
    }
  }
}
