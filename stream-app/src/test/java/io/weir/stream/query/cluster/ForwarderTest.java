package io.weir.stream.query.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.weir.process.Settings;
import io.weir.process.tls.Tls;
import io.weir.stream.query.cluster.PeerClient.PeerAnswer;
import io.weir.testkit.FreePort;
import io.weir.testkit.TestAuthority;
import io.weir.testkit.TestAuthority.Pair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
        case "/half" -> {
          exchange.sendResponseHeaders(200, 8);
          exchange.getResponseBody().write("half".getBytes(UTF_8));
          exchange.getResponseBody().flush();
          end.await();
        }
        case "/closed" -> exchange.sendResponseHeaders(401, -1);
        case "/busy" -> exchange.sendResponseHeaders(429, -1);
        case "/moving" -> exchange.sendResponseHeaders(503, -1);
        default -> {
          byte[] body = "body".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
          exchange.getResponseHeaders().set("Weir-Staleness", "lag=2");
          exchange.getResponseHeaders().set("Weir-Searched", "3,14,x,-1,99999999999");
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
          assertThat(found.searched()).containsExactlyInAnyOrder(3, 14);
        });
  }

  @Test
  void peerThatIsMoving_isNoAnswer() {
    assertThat(ask(address, "/moving")).isEmpty();
    assertThat(ask(address, "/busy")).isEmpty();
  }

  @Test
  void limitOfAPeer_isSaidOnce() throws Exception {
    try (var forwarder = new Forwarder(Duration.ofSeconds(20))) {
      assertThat(lines(() -> forwarder.ask(address, "/busy"))).isEqualTo(1);
      assertThat(lines(() -> forwarder.ask(address, "/busy"))).isZero();
    }
  }

  @Test
  void peerThatWantsAnotherKey_isNoAnswer() {
    assertThat(ask(address, "/closed")).isEmpty();
  }

  @Test
  void slowPeer_isNoAnswer() {
    assertThat(ask(address, "/slow")).isEmpty();
  }

  /** A frozen instance, or one whose network ends, while the answer is on its way. */
  @Test
  @Timeout(60)
  void peerThatStopsInTheMiddleOfItsAnswer_isNoAnswer() {
    assertThat(ask(address, "/half")).isEmpty();
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

  /** The line must come again after a repair, and a restart of the peer must not use it up. */
  @Test
  void certificateThatIsWrong_isSaidOnce_untilThePeerAnswers(@TempDir Path folder)
      throws Exception {
    TestAuthority authority = TestAuthority.in(folder.resolve("authority"));
    TestAuthority stranger = TestAuthority.in(folder.resolve("stranger"));
    Tls right = tls(authority.issue("right"), authority);
    Tls wrong = tls(stranger.issue("wrong"), stranger);
    var other = new HostInfo("127.0.0.1", FreePort.next());
    var one = new HostInfo("127.0.0.1", FreePort.next());
    try (var forwarder = new Forwarder(Duration.ofSeconds(20), Optional.empty(), right)) {
      assertThat(lines(() -> askThatWhichEnds(forwarder, one))).isZero();
      assertThat(lines(() -> ask(forwarder, one, wrong))).isEqualTo(1);
      assertThat(lines(() -> ask(forwarder, one, wrong))).isZero();
      assertThat(lines(() -> ask(forwarder, other, wrong))).isEqualTo(1);
      assertThat(lines(() -> assertThat(ask(forwarder, one, right)).isPresent())).isZero();
      assertThat(lines(() -> ask(forwarder, one, wrong))).isEqualTo(1);
      assertThat(lines(() -> ask(forwarder, other, wrong))).isZero();
    }
  }

  private static Tls tls(Pair shown, TestAuthority trusted) {
    return Tls.from(
        Settings.of(
            Map.of(
                "WEIR_HTTP_TLS_CERTIFICATE_FILE",
                shown.certificate().toString(),
                "WEIR_HTTP_TLS_KEY_FILE",
                shown.key().toString(),
                "WEIR_HTTP_TLS_TRUST_FILE",
                trusted.trustFile().toString())));
  }

  /** Asks a peer that shows a certificate. */
  private Optional<PeerAnswer> ask(Forwarder forwarder, HostInfo whom, Tls shown) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {shown.key().orElseThrow()}, null, null);
      HttpsServer server =
          HttpsServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), whom.port()), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      server.setExecutor(threads);
      server.createContext("/", this::answer);
      server.start();
      try {
        return forwarder.ask(whom, "/");
      } finally {
        server.stop(0);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks a peer that ends while they shake hands. */
  private void askThatWhichEnds(Forwarder forwarder, HostInfo whom) {
    CompletableFuture<Void> hanging;
    try (var peers = new ServerSocket(whom.port(), 50, InetAddress.getLoopbackAddress())) {
      hanging = CompletableFuture.runAsync(() -> hangUp(peers), threads);
      assertThat(forwarder.ask(whom, "/")).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Only then the port is free.
    hanging.join();
  }

  /** Until the port is closed: a client tries again. */
  private static void hangUp(ServerSocket peers) {
    while (!peers.isClosed()) {
      try (Socket socket = peers.accept()) {
        assertThat(socket.getInputStream().read(new byte[8_192])).isPositive();
      } catch (IOException _) {
        // The client went, or the port is closed.
      }
    }
  }

  /** How many lines of the log are about certificates. */
  private static long lines(Runnable action) {
    PrintStream console = System.out;
    var written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(console);
    }
    return written
        .toString(UTF_8)
        .lines()
        .filter(line -> line.contains("by TLS") || line.contains("answers 429"))
        .count();
  }

  @Test
  void deadPeer_isNoAnswer() {
    assertThat(ask(new HostInfo("127.0.0.1", FreePort.next()), "/")).isEmpty();
  }
}
