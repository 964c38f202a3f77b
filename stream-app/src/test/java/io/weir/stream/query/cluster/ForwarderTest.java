package io.weir.stream.query.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.process.tls.Tls;
import io.weir.stream.query.cluster.PeerClient.PeerAnswer;
import io.weir.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForwarderTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer peer;
  private HostInfo address;

  @BeforeEach
  void startPeer() throws IOException {
    peer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    peer.setExecutor(threads);
    peer.createContext("/", this::answer);
    peer.start();
    address = new HostInfo("127.0.0.1", peer.getAddress().getPort());
  }

  @AfterEach
  void stopPeer() {
    end.countDown();
    peer.stop(0);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    heard.add(
        exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Weir-Forwarded")
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization"));
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/slow" -> end.await();
        case "/closed" -> exchange.sendResponseHeaders(401, -1);
        case "/busy" -> exchange.sendResponseHeaders(429, -1);
        case "/moving" -> exchange.sendResponseHeaders(503, -1);
        default -> {
          byte[] body = "body".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
          exchange.getResponseHeaders().set("Weir-Staleness", "lag=2");
          exchange.sendResponseHeaders(404, body.length);
          exchange.getResponseBody().write(body);
        }
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Optional<PeerAnswer> ask(HostInfo whom, String path) {
    try (var forwarder = new Forwarder(Duration.ofMillis(500), Optional.of("a-key"), Tls.none())) {
      return forwarder.ask(whom, path);
    }
  }

  @Test
  void question_saysThatItIsForwardedAndTheAnswerIsWhole() {
    Optional<PeerAnswer> answer = ask(address, "/v1/a%2Fb?x=%20y");

    assertThat(heard).containsExactly("/v1/a%2Fb?x=%20y 1 Bearer a-key");
    assertThat(answer)
        .hasValueSatisfying(found -> {
          assertThat(found.status()).isEqualTo(404);
          assertThat(found.contentType()).isEqualTo("application/problem+json");
          assertThat(found.staleness()).contains("lag=2");
          assertThat(found.body()).isEqualTo("body");
        });
  }

  @Test
  void peerThatIsMoving_isNoAnswer() {
    assertThat(ask(address, "/moving")).isEmpty();
    assertThat(ask(address, "/busy")).isEmpty();
  }

  @Test
  void peerThatWantsAnotherKey_isNoAnswer() {
    assertThat(ask(address, "/closed")).isEmpty();
  }

  @Test
  void slowPeer_isNoAnswer() {
    assertThat(ask(address, "/slow")).isEmpty();
  }

  @Test
  void close_endsAQuestionUnderWay() throws Exception {
    var forwarder = new Forwarder(Duration.ofMinutes(5));
    var answer = threads.submit(() -> forwarder.ask(address, "/slow"));
    while (heard.isEmpty()) {
      Thread.onSpinWait();
    }

    forwarder.close();

    assertThat(answer.get(20, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void peerWhoseNameMakesNoAddress_isNoAnswer() {
    assertThat(ask(new HostInfo("no such peer", 1), "/")).isEmpty();
  }

  @Test
  void peerWithAnUnderscoreInItsName_isLookedUp() {
    assertThat(ask(new HostInfo("no_such_peer.invalid", address.port()), "/")).isEmpty();
  }

  @Test
  void deadPeer_isNoAnswer() {
    assertThat(ask(new HostInfo("127.0.0.1", FreePort.next()), "/")).isEmpty();
  }
}
