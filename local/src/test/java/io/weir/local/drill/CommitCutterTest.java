package io.weir.local.drill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that says "done, ready for query" to everything stands behind the cutter. */
class CommitCutterTest {
  private static final String DONE = "C\0\0\0\u000bCOMMIT\0Z\0\0\0\u0005I";
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private ServerSocket server;
  private CommitCutter cutter;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    cutter = CommitCutter.before(server.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    cutter.close();
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    byte[] buffer = new byte[1000];
    try (client) {
      InputStream in = client.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        requests.add(new String(buffer, 0, count, ISO_8859_1));
        client.getOutputStream().write(DONE.getBytes(ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request; returns the answer, or nothing if the connection ends before. */
  private static String ask(Socket client, String request) throws IOException {
    client.getOutputStream().write(request.getBytes(ISO_8859_1));
    byte[] buffer = new byte[1000];
    int count = client.getInputStream().read(buffer);
    return count < 0 ? "" : new String(buffer, 0, count, ISO_8859_1);
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), cutter.port());
  }

  @Test
  void unarmed_passesEverythingOn() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, "COMMIT")).isEqualTo(DONE);
      assertThat(ask(client, "COMMIT")).isEqualTo(DONE);
    }
  }

  @Test
  void armed_letsTheServerDoItAndKeepsTheAnswer() throws IOException {
    cutter.arm("COMMIT");
    try (Socket client = connect()) {
      assertThat(ask(client, "SELECT 1")).isEqualTo(DONE);
      assertThat(ask(client, "COMMIT")).isEmpty();
    }
    assertThat(requests).containsExactly("SELECT 1", "COMMIT");
    assertThat(cutter.isArmed()).isFalse();
  }

  @Test
  void afterOneCut_connectionsWorkAgain() throws IOException {
    cutter.arm("COMMIT");
    try (Socket client = connect()) {
      assertThat(ask(client, "COMMIT")).isEmpty();
    }
    try (Socket client = connect()) {
      assertThat(ask(client, "COMMIT")).isEqualTo(DONE);
    }
  }

  @Test
  void nothingToCut_isSaid() {
    cutter.arm("COMMIT");

    assertThat(cutter.disarm()).isTrue();
    assertThat(cutter.disarm()).isFalse();
  }
}
