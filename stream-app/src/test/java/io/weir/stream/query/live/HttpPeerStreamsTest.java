package io.weir.stream.query.live;

import io.weir.stream.query.cluster.Forwarder;
import io.weir.stream.query.cluster.PeerClient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PeerClient that talk without end until somebody hangs up, or not at all. */
class HttpPeerStreamsTest {
  private final CompletableFuture<String> asked = new CompletableFuture<>();
  private final CountDownLatch hungUp = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Forwarder forwarder = new Forwarder(Duration.ofSeconds(1));
  private final PeerStreams streams = new HttpPeerStreams(forwarder);
  private final Inbox inbox = new Inbox(10);
  private final Feed feed = new Feed(ObjectMapper.getDefault(), inbox);
  private volatile boolean isTalkative = true;
  private HttpServer peer;
  private HostInfo address;

  @BeforeEach
  void startPeer() throws IOException {
    peer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    peer.setExecutor(threads);
    peer.createContext("/", this::talk);
    peer.start();
    address = new HostInfo("127.0.0.1", peer.getAddress().getPort());
  }

  @AfterEach
  void stopPeer() {
    forwarder.close();
    peer.stop(0);
    threads.close();
  }

  private void talk(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (exchange;
        OutputStream out = exchange.getResponseBody()) {
      out.write("event: session\ndata: {\"visitorId\":\"ä\"}\n\n".getBytes(UTF_8));
      out.flush();
      asked.complete(
          exchange.getRequestURI()
              + " "
              + exchange.getRequestHeaders().getFirst(Forwarder.FORWARDED));
      while (isTalkative) {
        out.write(": still here\n\n".getBytes(UTF_8));
        out.flush();
      }
    } catch (IOException e) {
      hungUp.countDown();
    }
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void peer_isAskedForItsOwnEventsUntilWeHangUp() throws Exception {
    Future<?> reading = streams.follow(address, feed);

    assertThat(asked.get(20, TimeUnit.SECONDS)).isEqualTo("/v1/stream 1");
    assertThat(feed.hasEnded()).isFalse();
    reading.cancel(true);
    await(hungUp);
  }

  @Test
  void shutdown_hangsUp() throws Exception {
    Future<?> reading = streams.follow(address, feed);
    assertThat(asked.get(20, TimeUnit.SECONDS)).isNotEmpty();

    forwarder.close();

    reading.get(20, TimeUnit.SECONDS);
    assertThat(feed.hasEnded()).isTrue();
  }

  @Test
  void peerThatEnds_endsTheFeedAfterAllItTold() throws Exception {
    isTalkative = false;

    streams.follow(address, feed).get(20, TimeUnit.SECONDS);

    assertThat(feed.hasEnded()).isTrue();
    assertThat(inbox.take())
        .singleElement()
        .satisfies(event -> assertThat(event.getData()).isEqualTo("{\"visitorId\":\"ä\"}"));
  }

  @Test
  void peerThatAnswersNothing_isHungUpOn() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      silent.setSoTimeout(20_000);
      Future<?> reading = streams.follow(new HostInfo("127.0.0.1", silent.getLocalPort()), feed);
      try (Socket connection = silent.accept()) {
        connection.setSoTimeout(20_000);

        assertThat(connection.getInputStream().readNBytes(4)).asString().isEqualTo("GET ");

        reading.cancel(true);

        assertThat(connection.getInputStream().readAllBytes()).isNotEmpty();
      }
    }
  }

  @Test
  void peerThatIsNotThere_endsTheFeed() throws Exception {
    peer.stop(0);

    streams.follow(address, feed).get(20, TimeUnit.SECONDS);

    assertThat(feed.hasEnded()).isTrue();
  }
}
