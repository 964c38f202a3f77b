package io.weir.http;

import static io.weir.http.TlsService.TRUST;
import static io.weir.http.TlsService.get;
import static io.weir.http.TlsService.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.Settings;
import io.weir.process.tls.PeerTrust;
import io.weir.process.tls.Tls;
import io.weir.testkit.TestAuthority;
import io.weir.testkit.TestAuthority.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of TLS that change while a server runs. */
class TlsRenewalTest {
  private static final Duration LOOK = Duration.ofSeconds(10);

  @TempDir private static Path folder;
  private static TestAuthority authority;
  private static Pair first;
  private static Pair rsa;
  private static PeerTrust trust;

  private final AtomicLong nanos = new AtomicLong();
  @RegisterExtension private final TlsServices services = new TlsServices(nanos::get);

  @BeforeAll
  static void makeKeys() {
    authority = TestAuthority.in(folder.resolve("authority"));
    first = authority.issue("first");
    rsa = authority.issue("rsa", "-keyalg=RSA", "-keysize=2048");
    trust = PeerTrust.from(Settings.of(Map.of(TRUST, authority.trustFile().toString())));
  }

  @Test
  void withdrawnAuthority_isNotTrusted_alsoWhereASessionWouldGoOn() throws Exception {
    TlsService started = services.start(settings(first.certificate(), first.key()));
    Path file = copy(authority.trustFile(), "withdrawn.pem");
    var settings = Settings.of(Map.of(TRUST, file.toString()));
    PeerTrust own = Tls.from(settings, nanos::get).trust();
    SSLSession begun = get(own, started.url("/health")).sslSession().orElseThrow();
    SSLSession goneOn = get(own, started.url("/health")).sslSession().orElseThrow();
    assertThat(goneOn.getCreationTime()).isEqualTo(begun.getCreationTime());

    copy(TestAuthority.in(folder.resolve("next")).trustFile(), "withdrawn.pem");
    assertThat(get(own, started.url("/health")).statusCode()).isEqualTo(200);
    nanos.addAndGet(LOOK.toNanos());

    assertThatThrownBy(() -> get(own, started.url("/health"))).matches(PeerTrust::isDistrust);
  }

  @Test
  void renewedFiles_areTaken_butNotWhileTheyDoNotMatch() throws Exception {
    Path certificate = copy(first.certificate(), "shown.crt");
    Path key = copy(first.key(), "shown.key");
    TlsService started = services.start(settings(certificate, key));
    assertThat(started.shown(trust)).isEqualTo("CN=first");

    copy(rsa.certificate(), "shown.crt");
    nanos.addAndGet(LOOK.toNanos());
    assertThat(started.shown(trust)).isEqualTo("CN=first");

    copy(rsa.key(), "shown.key");
    assertThat(started.shown(trust)).isEqualTo("CN=first");
    nanos.addAndGet(LOOK.toNanos());
    assertThat(started.shown(trust)).isEqualTo("CN=rsa");

    Files.delete(key);
    nanos.addAndGet(LOOK.toNanos());
    assertThat(started.shown(trust)).isEqualTo("CN=rsa");
  }

  /**
   * So looks a file that is not written to its end: the certificate of the key, and half of the
   * next.
   */
  @Test
  void halfWrittenChain_isNotTaken() throws Exception {
    Path certificate = copy(first.certificate(), "half.crt");
    Path key = copy(first.key(), "half.key");
    TlsService started = services.start(settings(certificate, key));
    String whole = Files.readString(rsa.certificate());
    int half = whole.lastIndexOf("-----BEGIN CERTIFICATE-----") + 200;

    Files.writeString(certificate, whole.substring(0, half));
    copy(rsa.key(), "half.key");
    nanos.addAndGet(LOOK.toNanos());
    assertThat(started.shown(trust)).isEqualTo("CN=first");

    Files.writeString(certificate, whole);
    nanos.addAndGet(LOOK.toNanos());
    assertThat(started.shown(trust)).isEqualTo("CN=rsa");
  }

  @ParameterizedTest
  @CsvSource({"later, +2d", "ended, -9d"})
  void certificateForAnotherTime_isNotTaken_inThePlaceOfARightOne(String name, String begin)
      throws Exception {
    Path certificate = copy(first.certificate(), "timely.crt");
    Path key = copy(first.key(), "timely.key");
    TlsService started = services.start(settings(certificate, key));
    Pair other = authority.issue(name, "-startdate=" + begin, "-validity=5");

    copy(other.certificate(), "timely.crt");
    copy(other.key(), "timely.key");
    nanos.addAndGet(LOOK.toNanos());

    assertThat(started.shown(trust)).isEqualTo("CN=first");
  }

  /** A trust file that is being written would distrust those whose authorities come last. */
  @Test
  void halfWrittenTrustFile_isNotTaken() throws Exception {
    TlsService started = services.start(settings(first.certificate(), first.key()));
    Path file = copy(authority.trustFile(), "half.pem");
    PeerTrust own = Tls.from(Settings.of(Map.of(TRUST, file.toString())), nanos::get).trust();
    assertThat(get(own, started.url("/health")).statusCode()).isEqualTo(200);

    String other = Files.readString(TestAuthority.in(folder.resolve("other")).trustFile());
    Files.writeString(file, other + Files.readString(authority.trustFile()).substring(0, 200));
    nanos.addAndGet(LOOK.toNanos());

    assertThat(get(own, started.url("/health")).statusCode()).isEqualTo(200);
  }

  private static Path copy(Path from, String name) throws IOException {
    return Files.copy(from, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }
}
