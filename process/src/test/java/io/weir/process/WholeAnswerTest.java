package io.weir.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WholeAnswerTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    client.shutdownNow();
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  /** Answers one request with this text, and then waits until the client is gone. */
  private CompletableFuture<Void> answer(String text) {
    return CompletableFuture.runAsync(() -> {
      try (Socket socket = server.accept()) {
        assertThat(socket.getInputStream().read(new byte[8_192])).isPositive();
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      } catch (IOException _) {
        // A client that goes may reset the connection.
      }
    });
  }

  @Test
  void wholeAnswer_isGiven() throws Exception {
    var gone = answer("HTTP/1.1 404 No\r\nContent-Length: 3\r\nConnection: close\r\n\r\nf\u00fc");

    var answer = WholeAnswer.of(client, request(), LONG, 3);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("f\u00fc");
    gone.get(20, TimeUnit.SECONDS);
  }

  @Test
  void peerThatStopsInTheMiddleOfABody_isGivenUp_andItsConnectionEnds() throws Exception {
    var gone = answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");

    assertThatThrownBy(() -> WholeAnswer.of(client, request(), Duration.ofMillis(300), 100))
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessage("no whole answer within 300 ms");
    gone.get(20, TimeUnit.SECONDS);
  }

  @Test
  void bodyAboveTheLimit_isAFailure() {
    var _ = answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nmore\r\n");

    assertThatThrownBy(() -> WholeAnswer.of(client, request(), LONG, 3))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void peerThatIsNotThere_isNamedAsSuch() throws IOException {
    server.close();

    assertThatThrownBy(() -> WholeAnswer.of(client, request(), LONG, 3))
        .isInstanceOf(ConnectException.class);
  }
}
