package io.weir.http;

import static io.weir.http.TlsService.CERTIFICATE;
import static io.weir.http.TlsService.KEY;
import static io.weir.http.TlsService.TRUST;
import static io.weir.http.TlsService.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.tls.PeerTrust;
import io.weir.process.tls.Tls;
import io.weir.testkit.TestAuthority;
import io.weir.testkit.TestAuthority.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of TLS that a server takes, and those that end its start with one line. */
class TlsFilesTest {
  @TempDir private static Path folder;
  private static TestAuthority authority;
  private static Pair first;
  private static Pair rsa;
  private static PeerTrust trust;

  @RegisterExtension private final TlsServices services = new TlsServices();

  @BeforeAll
  static void makeKeys() {
    authority = TestAuthority.in(folder.resolve("authority"));
    first = authority.issue("first");
    rsa = authority.issue("rsa", "-keyalg=RSA", "-keysize=2048");
    trust = PeerTrust.from(Settings.of(Map.of(TRUST, authority.trustFile().toString())));
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

    TlsService started = services.start(settings(pair.certificate(), key));

    assertThat(started.shown(trust)).isEqualTo("CN=" + name);
  }

  /** The key inside PKCS #8: behind a version and the name of the algorithm. */
  private static byte[] inner(String pem) {
    byte[] whole = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    int at = header(whole, 0) + 3;
    at += header(whole, at) + whole[at + 1];
    at += header(whole, at);
    return Arrays.copyOfRange(whole, at, whole.length);
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

  private static int header(byte[] der, int at) {
    return der[at + 1] >= 0 ? 2 : 2 + (der[at + 1] & 0x7f);
  }

  private static void refused(Path certificate, Path key, String... words) {
    assertThatThrownBy(() -> Tls.from(settings(certificate, key)))
        .isInstanceOf(StartupException.class)
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("\n");
  }
}
