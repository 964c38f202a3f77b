package io.weir.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.http.access.Access;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.tls.PeerTrust;
import io.weir.process.tls.Tls;
import io.weir.testkit.FreePort;
import io.weir.testkit.TestAuthority;
import io.weir.testkit.TestAuthority.Pair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with TLS: what it refuses at its start, what callers see, and a key that is renewed. */
class TlsTest {
  private static final String CERTIFICATE = "WEIR_HTTP_TLS_CERTIFICATE_FILE";
  private static final String KEY = "WEIR_HTTP_TLS_KEY_FILE";
  private static final String TRUST = "WEIR_HTTP_TLS_TRUST_FILE";
  private static final Duration LOOK = Duration.ofSeconds(10);

  @TempDir private static Path folder;
  private static TestAuthority authority;
  private static Pair first;
  private static Pair rsa;
  private static PeerTrust trust;

  private final AtomicLong nanos = new AtomicLong();
  private Optional<WebServer> server = Optional.empty();

  @BeforeAll
  static void makeKeys() {
    authority = TestAuthority.in(folder.resolve("authority"));
    first = authority.issue("first");
    rsa = authority.issue("rsa", "-keyalg=RSA", "-keysize=2048");
    trust = PeerTrust.from(Settings.of(Map.of(TRUST, authority.trustFile().toString())));
  }

  @AfterEach
  void stop() {
    server.ifPresent(WebServer::close);
  }

  private static Settings settings(Path certificate, Path key, String... more) {
    var all = new HashMap<>(Map.of(CERTIFICATE, certificate.toString(), KEY, key.toString()));
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return Settings.of(all);
  }

  private WebServer start(Settings settings, Optional<Integer> management) {
    Tls tls = Tls.from(settings, nanos::get);
    var address = new ListenAddress("stream", "127.0.0.1", 0, management, Access.local(), tls);
    var started =
        WebServer.of(
            address,
            new Operations() {
              @Override
              public Health ready() {
                return Health.of(Map.of("store", "ok"));
              }

              @Override
              public String metrics() {
                return "";
              }
            });
    server = Optional.of(started);
    started.start();
    return started;
  }

  private static HttpResponse<String> get(String address) throws Exception {
    return get(trust, address);
  }

  private static HttpResponse<String> get(PeerTrust by, String address) throws Exception {
    try (HttpClient client = by.client().build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }
  }

  /** The serial number of the certificate that a new caller sees. */
  private static String seen(WebServer started) throws Exception {
    HttpResponse<String> answer = get(started.url() + "/health");
    var shown = (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void callers_areAnsweredByTls(String version) throws Exception {
    WebServer started = start(settings(first.certificate(), first.key()), Optional.empty());
    HttpClient.Builder builder = trust.client();
    var parameters = new SSLParameters();
    parameters.setProtocols(new String[] {version});

    try (HttpClient client = builder.sslParameters(parameters).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(started.url() + "/ready")).build(),
              BodyHandlers.ofString());

      assertThat(started.url().getProtocol()).isEqualTo("https");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
    }
  }

  @Test
  void plainHttp_isRefused_andTheServerGoesOn() throws Exception {
    WebServer started = start(settings(first.certificate(), first.key()), Optional.empty());

    try (var socket = new Socket(InetAddress.getLoopbackAddress(), started.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write("GET /ready HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();

      assertThat(new String(answer, US_ASCII)).doesNotContain("HTTP/1.1", "UP");
    }
    assertThat(seen(started)).isEqualTo("CN=first");
  }

  @Test
  void managementPort_staysPlain_andSendsNoHsts() throws Exception {
    int management = FreePort.next();
    WebServer started = start(settings(first.certificate(), first.key()), Optional.of(management));

    HttpResponse<String> plain = get("http://127.0.0.1:" + management + "/ready");

    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(plain.headers().firstValue("Strict-Transport-Security")).isEmpty();
    assertThat(get(started.url() + "/ready").statusCode()).isEqualTo(404);
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
    WebServer started =
        start(
            settings(first.certificate(), first.key(), "WEIR_HTTP_TLS_HSTS", memory),
            Optional.empty());

    assertThat(hsts(started, host)).isEqualTo(header);
  }

  /** Java's client does not let a caller choose the Host header. */
  private static String hsts(WebServer started, String host) throws Exception {
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
    WebServer started = start(settings(other.certificate(), other.key()), Optional.empty());

    assertThatThrownBy(() -> get(started.url() + "/health"))
        .isInstanceOf(SSLHandshakeException.class)
        .matches(PeerTrust::isDistrust)
        .hasMessageContaining("No subject alternative");
    try (HttpClient usual = PeerTrust.usual().client().build()) {
      var request = HttpRequest.newBuilder(URI.create(started.url() + "/health")).build();
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

      assertThatThrownBy(() -> get("https://127.0.0.1:" + peer.getLocalPort() + "/"))
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

  @Test
  void withdrawnAuthority_isNotTrusted_alsoWhereASessionWouldGoOn() throws Exception {
    WebServer started = start(settings(first.certificate(), first.key()), Optional.empty());
    Path file = copy(authority.trustFile(), "withdrawn.pem");
    var settings = Settings.of(Map.of(TRUST, file.toString()));
    PeerTrust own = Tls.from(settings, nanos::get).trust();
    SSLSession begun = get(own, started.url() + "/health").sslSession().orElseThrow();
    SSLSession goneOn = get(own, started.url() + "/health").sslSession().orElseThrow();
    assertThat(goneOn.getCreationTime()).isEqualTo(begun.getCreationTime());

    copy(TestAuthority.in(folder.resolve("next")).trustFile(), "withdrawn.pem");
    assertThat(get(own, started.url() + "/health").statusCode()).isEqualTo(200);
    nanos.addAndGet(LOOK.toNanos());

    assertThatThrownBy(() -> get(own, started.url() + "/health")).matches(PeerTrust::isDistrust);
  }

  @Test
  void renewedFiles_areTaken_butNotWhileTheyDoNotMatch() throws Exception {
    Path certificate = copy(first.certificate(), "shown.crt");
    Path key = copy(first.key(), "shown.key");
    WebServer started = start(settings(certificate, key), Optional.empty());
    assertThat(seen(started)).isEqualTo("CN=first");

    copy(rsa.certificate(), "shown.crt");
    nanos.addAndGet(LOOK.toNanos());
    assertThat(seen(started)).isEqualTo("CN=first");

    copy(rsa.key(), "shown.key");
    assertThat(seen(started)).isEqualTo("CN=first");
    nanos.addAndGet(LOOK.toNanos());
    assertThat(seen(started)).isEqualTo("CN=rsa");

    Files.delete(key);
    nanos.addAndGet(LOOK.toNanos());
    assertThat(seen(started)).isEqualTo("CN=rsa");
  }

  private static Path copy(Path from, String name) throws IOException {
    return Files.copy(from, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  @ParameterizedTest
  @CsvSource({"first, EC PRIVATE KEY", "rsa, RSA PRIVATE KEY"})
  void olderFormsOfKeys_areRead(String name, String kind) throws Exception {
    Pair pair = name.equals("rsa") ? rsa : first;
    byte[] content = inner(Files.readString(pair.key()));
    Path key =
        Files.writeString(
            folder.resolve(name + ".old.key"),
            "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind));

    WebServer started = start(settings(pair.certificate(), key), Optional.empty());

    assertThat(seen(started)).isEqualTo("CN=" + name);
  }

  /** The key inside PKCS #8: behind a version and the name of the algorithm. */
  private static byte[] inner(String pem) {
    byte[] whole = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    int at = header(whole, 0) + 3;
    at += header(whole, at) + whole[at + 1];
    at += header(whole, at);
    return Arrays.copyOfRange(whole, at, whole.length);
  }

  private static int header(byte[] der, int at) {
    return der[at + 1] >= 0 ? 2 : 2 + (der[at + 1] & 0x7f);
  }

  @Test
  void wrongFiles_endTheStartWithOneLine() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "no key");
    Path locked =
        Files.writeString(
            folder.resolve("locked"),
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    Path broken =
        Files.writeString(
            folder.resolve("broken"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

    refused(first.certificate(), rsa.key(), KEY + "=", "does not belong", CERTIFICATE + "=");
    refused(first.certificate(), authority.issue("twin").key(), "does not belong");
    refused(first.key(), first.key(), CERTIFICATE + "=", "has no certificate");
    refused(broken, first.key(), CERTIFICATE + "=", "broken certificate");
    refused(first.certificate(), text, KEY + "=", "has no key");
    refused(first.certificate(), locked, KEY + "=", "with a password");
    refused(folder.resolve("none"), first.key(), CERTIFICATE + "=", "NoSuchFileException");
    refused(folder, first.key(), CERTIFICATE + "=", "names no file that can be read");
    refused(first.certificate(), Path.of("/dev/zero"), KEY + "=", "larger than 1 MB");
  }

  private static void refused(Path certificate, Path key, String... words) {
    assertThatThrownBy(() -> Tls.from(settings(certificate, key)))
        .isInstanceOf(StartupException.class)
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void halfOfThePair_isRefused() {
    var settings = Settings.of(Map.of(KEY, first.key().toString()));

    assertThatThrownBy(() -> Tls.from(settings))
        .hasMessage("TLS needs %s and %s; one of them is missing".formatted(CERTIFICATE, KEY));
  }

  @Test
  void keyInThePlaceOfItsFile_isNotPrinted() throws Exception {
    var settings = Settings.of(Map.of(KEY, Files.readString(first.key())));

    assertThatThrownBy(() -> Tls.from(settings))
        .hasMessage(KEY + " must be the name of a file, and is something else");
  }

  @Test
  void trustFile_mustHaveCertificates_ifSomebodyAsks() {
    var settings = Settings.of(Map.of(TRUST, first.key().toString()));
    PeerTrust read = Tls.from(settings).trust();

    assertThatThrownBy(read::client)
        .isInstanceOf(StartupException.class)
        .hasMessageContainingAll(TRUST + "=", "has no certificate");
  }
}
