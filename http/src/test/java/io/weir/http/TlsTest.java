package io.weir.http;

import static io.weir.http.TlsService.TRUST;
import static io.weir.http.TlsService.get;
import static io.weir.http.TlsService.settings;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.Settings;
import io.weir.process.tls.PeerTrust;
import io.weir.testkit.FreePort;
import io.weir.testkit.TestAuthority;
import io.weir.testkit.TestAuthority.Pair;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with TLS: what callers see, and whom they trust. */
class TlsTest {
  @TempDir private static Path folder;
  private static TestAuthority authority;
  private static Pair first;
  private static PeerTrust trust;

  @RegisterExtension private final TlsServices services = new TlsServices();

  @BeforeAll
  static void makeKeys() {
    authority = TestAuthority.in(folder.resolve("authority"));
    first = authority.issue("first");
    trust = PeerTrust.from(Settings.of(Map.of(TRUST, authority.trustFile().toString())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void callers_areAnsweredByTls(String version) throws Exception {
    TlsService started = services.start(settings(first.certificate(), first.key()));
    HttpClient.Builder builder = trust.client();
    var parameters = new SSLParameters();
    parameters.setProtocols(new String[] {version});

    try (HttpClient client = builder.sslParameters(parameters).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(started.url("/ready"))).build(),
              BodyHandlers.ofString());

      assertThat(started.url("/ready")).startsWith("https:");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
    }
  }

  @Test
  void plainHttp_isRefused_andTheServerGoesOn() throws Exception {
    TlsService started = services.start(settings(first.certificate(), first.key()));

    try (var socket = new Socket(InetAddress.getLoopbackAddress(), started.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write("GET /ready HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();

      assertThat(new String(answer, US_ASCII)).doesNotContain("HTTP/1.1", "UP");
    }
    assertThat(started.shown(trust)).isEqualTo("CN=first");
  }

  @Test
  void managementPort_staysPlain_andSendsNoHsts() throws Exception {
    int management = FreePort.next();
    TlsService started =
        services.start(settings(first.certificate(), first.key()), Optional.of(management));

    HttpResponse<String> plain = get(trust, "http://127.0.0.1:" + management + "/ready");

    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(plain.headers().firstValue("Strict-Transport-Security")).isEmpty();
    assertThat(get(trust, started.url("/ready")).statusCode()).isEqualTo(404);
  }

  /** Handshakes are dear, and the rate counts requests. */
  @Test
  void connection_getsOneHandshake() throws Exception {
    TlsService started = services.start(settings(first.certificate(), first.key()));
    try (HttpClient client = trust.client().build();
        var socket =
            (SSLSocket)
                client.sslContext().getSocketFactory().createSocket("127.0.0.1", started.port())) {
      socket.setSoTimeout(20_000);
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();

      assertThatThrownBy(() -> afterAnotherHandshake(socket)).isInstanceOf(IOException.class);
    }
    assertThat(started.shown(trust)).isEqualTo("CN=first");
  }

  /** The first byte of an answer. */
  private static int afterAnotherHandshake(SSLSocket socket) throws IOException {
    socket.getSession().invalidate();
    socket.startHandshake();
    socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
    int first = socket.getInputStream().read();
    if (first < 0) {
      throw new EOFException();
    }
    return first;
  }

  /** Other services have ports at the names of this machine. */
  @ParameterizedTest
  @CsvSource({
    "365d, weir.example.com:8180, max-age=31536000",
    "365d, LOCALHOST:8180, ''",
    "365d, 127.0.0.1, ''",
    "365d, [::1]:8180, ''",
    "365d, a.localhost, ''",
    "0s, weir.example.com, max-age=0",
    "0s, localhost, max-age=0",
  })
  void hsts_isForNamesOfTheWeb_andIsForgotten(String memory, String host, String header)
      throws Exception {
    TlsService started =
        services.start(settings(first.certificate(), first.key(), "WEIR_HTTP_TLS_HSTS", memory));

    assertThat(hsts(started, host)).isEqualTo(header);
  }

  /** Java's client does not let a caller choose the Host header. */
  private static String hsts(TlsService started, String host) throws Exception {
    try (HttpClient client = trust.client().build();
        Socket socket =
            client.sslContext().getSocketFactory().createSocket("127.0.0.1", started.port())) {
      socket.setSoTimeout(20_000);
      String question = "GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(question.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 ");
      return answer
          .lines()
          .map(line -> line.split(": ", 2))
          .filter(parts -> parts[0].equalsIgnoreCase("Strict-Transport-Security"))
          .map(parts -> parts[1])
          .collect(Collectors.joining());
    }
  }

  @Test
  void stranger_isNotTrusted_andNeitherIsAnotherHost() throws Exception {
    Pair other = authority.issueFor("dns:weir.example.com", "other-host");
    TlsService started = services.start(settings(other.certificate(), other.key()));

    assertThatThrownBy(() -> get(trust, started.url("/health")))
        .isInstanceOf(SSLHandshakeException.class)
        .matches(PeerTrust::isDistrust)
        .hasMessageContaining("No subject alternative");
    try (HttpClient usual = PeerTrust.usual().client().build()) {
      var request = HttpRequest.newBuilder(URI.create(started.url("/health"))).build();
      assertThatThrownBy(() -> usual.send(request, BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class)
          .matches(PeerTrust::isDistrust);
    }
  }

  /** So ends a connection to a service that stops, and one to a port with plain HTTP. */
  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 400 Bad Request\r\n\r\n"})
  void handshakeThatWasCutShort_isNoDistrust(String bytes) throws Exception {
    try (var peer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> cutShort(peer, bytes));

      assertThatThrownBy(() -> get(trust, "https://127.0.0.1:" + peer.getLocalPort() + "/"))
          .isInstanceOf(SSLException.class)
          .matches(failure -> !PeerTrust.isDistrust(failure));
    }
  }

  /** Until the port is closed: a client tries again. */
  private static void cutShort(ServerSocket peer, String bytes) {
    while (!peer.isClosed()) {
      try (Socket socket = peer.accept()) {
        assertThat(socket.getInputStream().read(new byte[8_192])).isPositive();
        socket.getOutputStream().write(bytes.getBytes(US_ASCII));
      } catch (IOException _) {
        // The client went, or the port is closed.
      }
    }
  }
}
