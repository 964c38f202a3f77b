package io.weir.tools.alert;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebhookTest {
  private static final String STALLED = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab";
  private static final String TAKEN = "HTTP/1.1 204 No Content\r\n\r\n";

  /** Sends the answer to each connection, and then nothing more. */
  private static Thread answering(ServerSocket server, List<Socket> open, String answer) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              Socket socket = server.accept();
              open.add(socket);
              socket.getOutputStream().write(answer.getBytes(US_ASCII));
            }
          } catch (IOException e) {
            // The test is over.
          }
        });
  }

  private static Optional<String> send(String answer, Duration patience)
      throws IOException, InterruptedException {
    var open = new CopyOnWriteArrayList<Socket>();
    Thread answering;
    Optional<String> problem;
    try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      answering = answering(server, open, answer);
      var url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      try (var webhook = new Webhook(url, "0123456789abcdef", Clock.systemUTC(), patience)) {
        problem = webhook.send("key", "{}");
      }
    }
    answering.join();
    for (Socket each : open) {
      each.close();
    }
    return problem;
  }

  @Test
  void answerWithoutEnd_isNotTaken() throws IOException, InterruptedException {
    assertThat(send(STALLED, Duration.ofSeconds(1)))
        .hasValue("no complete answer within 1 seconds");
  }

  @Test
  void completeAnswer_isTaken() throws IOException, InterruptedException {
    assertThat(send(TAKEN, Duration.ofSeconds(30))).isEmpty();
  }
}
