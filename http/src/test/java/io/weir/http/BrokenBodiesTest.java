package io.weir.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Bodies that are not what their headers say are mistakes of the caller, and never half a body. */
@Timeout(60)
class BrokenBodiesTest {
  private static final Doors DOORS = Doors.with("WEIR_HTTP_KEYS", Doors.keys());
  private static final Logger LOG =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    LOG.addAppender(logged);
  }

  @AfterEach
  void nothingIsLogged() {
    LOG.detachAppender(logged);
    assertThat(logged.list).isEmpty();
  }

  @AfterAll
  static void stop() {
    DOORS.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Encoding: snappy",
        "content-encoding:  SNAPPY ",
        "Content-Encoding: zstd",
        "Content-Encoding: br",
        "Content-Encoding: gzip, snappy",
        "Content-Encoding: gzip\r\nContent-Encoding: gzip",
        "Content-Encoding: utf-8",
      })
  void codingThatIsNotOffered_is415(String header) throws IOException {
    String answer = answer(visit(header, "hello hello hello") + last());

    assertThat(answer)
        .startsWith("HTTP/1.1 415 ")
        .contains("application/problem+json", "Accept-Encoding: gzip, deflate", "\"status\":415")
        .contains("HTTP/1.1 200 ")
        .doesNotContain("visited");
  }

  @Test
  void codingThatIsNotOffered_isNotLookedAt_beforeTheKey() throws IOException {
    String request = visit("Content-Encoding: snappy", "hello").replace("k-collector", "wrong");

    assertThat(answer(request + last())).startsWith("HTTP/1.1 401 ").contains("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "deflate", "Deflate"})
  void bodyThatIsNotPacked_is400(String coding) throws IOException {
    String answer = answer(visit("Content-Encoding: " + coding, "hello hello hello") + last());

    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json", "Content-Encoding", "HTTP/1.1 200 ");
  }

  @Test
  void packedBody_isUnpacked() throws IOException {
    assertThat(answer(visit("Content-Encoding: gzip", gzip("hello")) + last()))
        .contains("visited 5");
    assertThat(answer(visit("Content-Encoding: identity", "hello") + last())).contains("visited 5");
    assertThat(answer("GET /health HTTP/1.1\r\nHost: a\r\nContent-Encoding: br\r\n\r\n" + last()))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void nobodyElse_saysThatACodingIsRefused() throws IOException {
    assertThat(answer(visit("Weir-Refused-Encoding: x", "hello") + last())).contains("visited 5");
  }

  @ParameterizedTest
  @CsvSource({
    "zz, 400",
    "-1, 400",
    "ffffffffffff, 400",
    "'0\r\nX: y\0', 400",
  })
  void chunksThatBreakOff_areNoWholeBody(String chunk, int status) throws IOException {
    assertEnded(answer(chunked("5\r\nhello\r\n" + chunk + "\r\n\r\n")), status);
  }

  @Test
  void extensionOfAChunk_hasALimit() throws IOException {
    String extension = "1;a=" + "b".repeat(5_000) + "\r\nx\r\n0\r\n\r\n";

    assertEnded(answer(chunked(extension)), 413);
    assertEnded(answer(chunked("5\r\nhello\r\n" + extension)), 413);
    assertThat(answer(chunked("5;a=b\r\nhello\r\n0\r\n\r\n") + last())).contains("visited 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "snappy, chunked", "identity"})
  void onlyChunks_areATransferEncoding(String coding) throws IOException {
    String request = chunked("5\r\nhello\r\n0\r\n\r\n").replace(": chunked", ": " + coding);

    assertEnded(answer(request), 400);
  }

  @Test
  void brokenChunk_endsTheConnection_whenItsRequestIsAnswered() throws IOException {
    String head = chunked("5\r\nhello\r\n");
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), DOORS.server.port())) {
      write(socket, head.replace("k-collector", "wrong"));
      byte[] begin = socket.getInputStream().readNBytes(12);
      write(socket, "zz\r\n");

      assertThat(new String(begin, ISO_8859_1)).isEqualTo("HTTP/1.1 401");
      assertThat(rest(socket)).doesNotContain("HTTP/1.1");
    }
  }

  /** One answer with this status, and then the end of the connection. */
  private static void assertEnded(String answer, int status) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("application/problem+json", "connection: close")
        .doesNotContain("visited");
    assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
  }

  /** A request after which the server ends the connection. */
  private static String last() {
    return "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  }

  private static String visit(String header, String body) {
    return head() + header + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String chunked(String body) {
    return head() + "Transfer-Encoding: chunked\r\n\r\n" + body;
  }

  private static String head() {
    return String.join(
        "\r\n",
        "POST /shop/visits HTTP/1.1",
        "Host: a",
        "Authorization: Bearer k-collector",
        "Content-Type: application/json",
        "");
  }

  private static String gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(ISO_8859_1));
    }
    return bytes.toString(ISO_8859_1);
  }

  private static String answer(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), DOORS.server.port())) {
      write(socket, request);
      return rest(socket);
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }
}
