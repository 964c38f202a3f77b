package io.weir.scoring.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.weir.contract.avro.Session;
import io.weir.http.ListenAddress;
import io.weir.process.Settings;
import io.weir.process.tls.PeerTrust;
import io.weir.process.tls.ServerKey;
import io.weir.process.tls.Tls;
import io.weir.scoring.fixture.TestModels;
import io.weir.testkit.TestAuthority;
import io.weir.testkit.TestAuthority.Pair;
import io.weir.testkit.TestSessions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores by visitor, with a stream-app that answers as it is told. */
class ScoreVisitorsTest {
  private static final String SCORE = "/v1/score";

  @TempDir private static Path folder;
  private static final List<String> ASKED = new CopyOnWriteArrayList<>();
  private static final AtomicInteger STATUS = new AtomicInteger();
  private static final AtomicReference<String> ANSWER = new AtomicReference<>("");

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private static HttpServer stream;

  @SuppressWarnings("NullAway.Init")
  private static InferenceServer server;

  @BeforeAll
  static void start() throws Exception {
    stream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stream.createContext(
        "/v1/sessions/open",
        exchange -> {
          ASKED.add(
              exchange.getRequestMethod()
                  + ' '
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + ' '
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = ANSWER.get().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(STATUS.get(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    stream.start();
    TestModels.save(folder, TestModels.stump(-1, 1));
    server = new InferenceServer(folder, sessions(stream, Optional.of("a reader's key")));
  }

  @AfterAll
  static void stop() {
    server.close();
    stream.stop(0);
  }

  @BeforeEach
  void reset() {
    ASKED.clear();
    STATUS.set(200);
  }

  private static VisitorSessions sessions(HttpServer stream, Optional<String> key) {
    URI address = URI.create("http://127.0.0.1:" + stream.getAddress().getPort());
    return new VisitorSessions(Optional.of(address), key, PeerTrust.usual());
  }

  @Test
  void certificateThatIsWrong_isSaidOnce_andARestartIsNone() throws Exception {
    TestAuthority authority = TestAuthority.in(folder.resolve("authority"));
    Pair pair = authority.issue("stream-app");
    ServerKey key =
        Tls.from(
                Settings.of(
                    Map.of(
                        "WEIR_HTTP_TLS_CERTIFICATE_FILE",
                        pair.certificate().toString(),
                        "WEIR_HTTP_TLS_KEY_FILE",
                        pair.key().toString())))
            .key()
            .orElseThrow();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {key}, null, null);
    PrintStream console = System.out;
    var written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    // A port with plain HTTP gives the same kind of error as a service that ends.
    try (ServerSocket secure = context.getServerSocketFactory().createServerSocket(0);
        var asked = sessions("https", secure.getLocalPort());
        var plain = sessions("https", stream.getAddress().getPort())) {
      Thread.ofVirtual().start(() -> shakeHands(secure));
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> asked.of(List.of("a")))
            .hasMessageContaining("WEIR_HTTP_TLS_TRUST_FILE");
      }
      assertThatThrownBy(() -> plain.of(List.of("a"))).hasMessageEndingWith(" does not answer");
    } finally {
      System.setOut(console);
    }
    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains("stream-app at https"))
        .hasSize(1);
  }

  /** Until the port is closed. */
  private static void shakeHands(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        assertThat(socket.getInputStream().read()).isNegative();
      } catch (IOException _) {
        // The caller refuses the certificate.
      }
    }
  }

  private static VisitorSessions sessions(String scheme, int port) {
    URI address = URI.create(scheme + "://127.0.0.1:" + port);
    return new VisitorSessions(Optional.of(address), Optional.empty(), PeerTrust.usual());
  }

  private static String found(Session session) {
    // As of a stream-app that is newer than this service.
    String newer = session.toString().replaceFirst("\\{", "{\"new_field\": 1, ");
    return "{\"visitor_id\":\"x\",\"session\":" + newer + ",\"problem\":null}";
  }

  private static Session session(boolean isConverted) {
    return TestSessions.session("pseudonym", 1)
        .setSessionKey("key-1")
        .setIsConverted(isConverted)
        .build();
  }

  @Test
  void visitor_isScoredAsTheSessionThatIsOpen() throws Exception {
    ANSWER.set("{\"visitors\":[" + found(session(true)) + "]}");

    HttpResponse<String> scored = server.post(SCORE, "{\"visitor\":\"ann@x\"}");
    String sent = server.post(SCORE, "{\"sessions\":[" + session(true) + "]}").body();

    assertThat(ASKED).containsExactly("POST Bearer a reader's key {\"visitors\":[\"ann@x\"]}");
    assertThat(scored.statusCode()).isEqualTo(200);
    assertThat(scored.body())
        .contains("\"visitor_id\":\"ann@x\"", "\"session_key\":\"key-1\"", "\"is_converted\":true")
        .contains(sent.replaceFirst("^\\{\"scores\":\\[", "\"score\":").replaceFirst("]}$", ""));
  }

  @Test
  void visitors_areScoredInTheirOrder_andMissingOnesSayWhy() throws Exception {
    ANSWER.set(
        "{\"visitors\":[{\"session\":null,\"problem\":\"no visitor a\"},"
            + found(session(false))
            + "]}");

    HttpResponse<String> scored = server.post(SCORE, "{\"visitors\":[\"a\",\"b\"]}");

    assertThat(scored.statusCode()).isEqualTo(200);
    assertThat(scored.body())
        .startsWith(
            "{\"scores\":[{\"visitor_id\":\"a\",\"session_key\":null,\"is_converted\":false,"
                + "\"score\":null,\"problem\":\"no visitor a\",\"is_unavailable\":false},"
                + "{\"visitor_id\":\"b\"")
        .contains("\"problem\":null");
  }

  @Test
  void unknownVisitor_isNotFound() throws Exception {
    ANSWER.set("{\"visitors\":[{\"session\":null,\"problem\":\"no visitor a in the last days\"}]}");

    HttpResponse<String> scored = server.post(SCORE, "{\"visitor\":\"a\"}");

    assertThat(scored.statusCode()).isEqualTo(404);
    assertThat(scored.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(scored.body()).contains("no visitor a in the last days");
  }

  @Test
  void visitorOfWhomNobodyCanSay_isAskedForAgain_notTakenAsUnknown() throws Exception {
    ANSWER.set(
        "{\"visitors\":[{\"session\":null,\"problem\":\"the group has not decided yet\","
            + "\"is_unavailable\":true}]}");

    HttpResponse<String> single = server.post(SCORE, "{\"visitor\":\"a\"}");
    HttpResponse<String> list = server.post(SCORE, "{\"visitors\":[\"a\"]}");

    assertThat(single.statusCode()).isEqualTo(503);
    assertThat(single.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(single.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(single.body()).contains("the group has not decided yet");
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.body())
        .contains("\"problem\":\"the group has not decided yet\",\"is_unavailable\":true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 |                   | 502 | wants a key: set WEIR_HTTP_KEY",
        "404 |                   | 502 | does not know the question",
        "500 |                   | 502 | answers with status 500",
        "200 | []                | 502 | it is about other visitors",
        "200 | {                 | 502 | cannot be read",
      })
  void answerThatIsNone_isAProblem(int given, String text, int expected, String why)
      throws Exception {
    STATUS.set(given);
    ANSWER.set(text == null ? "" : text);

    HttpResponse<String> scored = server.post(SCORE, "{\"visitors\":[\"a\"]}");

    assertThat(scored.statusCode()).isEqualTo(expected);
    assertThat(scored.body()).contains(why);
  }

  @Test
  void silentStreamApp_isAProblem_andSoIsNone() throws Exception {
    HttpServer stopped =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stopped.stop(0);
    try (var beside = new InferenceServer(folder, sessions(stopped, Optional.empty()))) {
      HttpResponse<String> silent = beside.post(SCORE, "{\"visitor\":\"a\"}");
      assertThat(silent.statusCode()).isEqualTo(503);
      assertThat(silent.body()).contains("does not answer");
    }
    try (var alone = new InferenceServer(folder)) {
      HttpResponse<String> none = alone.post(SCORE, "{\"visitor\":\"a\"}");
      assertThat(none.statusCode()).isEqualTo(501);
      assertThat(none.body()).contains("set WEIR_SCORING_STREAM_URL");
    }
  }

  @Test
  @Timeout(60)
  void streamAppThatStopsInTheMiddleOfItsAnswer_isAProblem() throws Exception {
    var end = new CountDownLatch(1);
    HttpServer frozen =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    frozen.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 8);
          exchange.getResponseBody().write("half".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          try (exchange) {
            end.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    frozen.start();
    URI address = URI.create("http://127.0.0.1:" + frozen.getAddress().getPort());
    try (var asked =
        new VisitorSessions(
            Optional.of(address), Optional.empty(), PeerTrust.usual(), Duration.ofMillis(500))) {
      assertThatThrownBy(() -> asked.of(List.of("a"))).hasMessageEndingWith(" does not answer");
    } finally {
      end.countDown();
      frozen.stop(0);
    }
  }

  @Test
  void wrongVisitors_areRefused_beforeAnybodyIsAsked() throws Exception {
    String tooMany =
        "{\"visitors\":[" + String.join(",", Collections.nCopies(1_001, "\"a\"")) + "]}";
    for (String body :
        List.of(
            tooMany,
            "{\"visitors\":[]}",
            "{\"visitors\":[1]}",
            "{\"visitors\":[\" \"]}",
            "{\"visitor\":\"" + "a".repeat(256) + "\"}",
            "{\"visitor\":\"a\",\"events\":1}",
            "{\"visitor\":null}")) {
      assertThat(server.post(SCORE, body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(ASKED).isEmpty();
  }

  @Test
  void collector_mayNotAskForVisitors_andReadersMay() throws Exception {
    ANSWER.set("{\"visitors\":[" + found(session(false)) + "]}");
    var settings =
        Settings.of(
            Map.of(
                "WEIR_SCORING_PORT",
                "0",
                "WEIR_HTTP_KEYS",
                "carl:collector:" + hash("carl's") + ",ann:reader:" + hash("ann's")));
    var address = ListenAddress.from(settings, "scoring", 0);
    try (var closed = new InferenceServer(folder, address, sessions(stream, Optional.empty()))) {
      for (String body : List.of("{\"visitor\":\"a\"}", "{\"visitors\":[\"a\"]}")) {
        assertThat(status(closed, body, "carl's")).isEqualTo(403);
        assertThat(ASKED).isEmpty();
      }
      assertThat(status(closed, "{\"events\":1}", "carl's")).isEqualTo(200);
      assertThat(status(closed, "{\"visitor\":\"a\"}", "ann's")).isEqualTo(200);
      assertThat(status(closed, "{\"visitor\":\"a\"}", "nobody's")).isEqualTo(401);
    }
  }

  private static int status(InferenceServer server, String body, String key) throws Exception {
    return server.post(SCORE, body, "Authorization", "Bearer " + key).statusCode();
  }

  private static String hash(String key) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }
}
