package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import io.weir.http.access.Access;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.tls.CertificateWatch;
import io.weir.process.tls.Certificates.Ending;
import io.weir.process.tls.Tls;
import io.weir.testkit.CapturedLog;
import io.weir.testkit.FreePort;
import io.weir.testkit.ManualClock;
import io.weir.testkit.TestAuthority;
import io.weir.testkit.TestAuthority.Pair;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of certificates is seen before it comes: in the metrics and in the log. */
class CertificateEndTest {
  private static final String CERTIFICATE = "WEIR_HTTP_TLS_CERTIFICATE_FILE";
  private static final String KEY = "WEIR_HTTP_TLS_KEY_FILE";
  private static final String TRUST = "WEIR_HTTP_TLS_TRUST_FILE";
  private static final Duration LOOK = Duration.ofSeconds(10);

  @TempDir private static Path folder;
  private static TestAuthority authority;
  private static Pair shortOne;
  private static Pair longOne;

  private final AtomicLong nanos = new AtomicLong();

  @BeforeAll
  static void makeKeys() {
    authority = TestAuthority.in(folder.resolve("authority"), "-validity=90");
    shortOne = authority.issue("short", "-validity=3");
    longOne = authority.issue("long", "-validity=60");
  }

  private Tls tls(Map<String, String> more) {
    var all = new HashMap<>(more);
    all.put(CERTIFICATE, folder.resolve("shown.crt").toString());
    all.put(KEY, folder.resolve("shown.key").toString());
    return Tls.from(Settings.of(all), nanos::get);
  }

  private static void show(Pair pair) throws IOException {
    Files.copy(
        pair.certificate(), folder.resolve("shown.crt"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(pair.key(), folder.resolve("shown.key"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static Instant end(Path file) throws Exception {
    try (var in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(each -> ((X509Certificate) each).getNotAfter().toInstant())
          .min(Instant::compareTo)
          .orElseThrow();
    }
  }

  private static CapturedLog log() {
    return log(CertificateWatch.class.getName());
  }

  private static CapturedLog log(String name) {
    var form = new PatternLayoutEncoder();
    form.setPattern("%level %msg%n");
    return new CapturedLog(name, form);
  }

  @Test
  void metrics_tellTheTimeLeft_ofEachFileThatIsUsed() throws Exception {
    show(shortOne);
    Path trusted = authority.trustFile();
    Tls tls =
        tls(
            Map.of(
                TRUST,
                trusted.toString(),
                "WEIR_KAFKA_TRUST_FILE",
                trusted.toString(),
                "WEIR_HTTP_TLS_WARNING",
                "2d"));
    Instant now = Instant.parse("2026-11-30T12:00:00Z");
    var metrics = new CertificateMetrics(tls.certificates(), () -> now);
    String left = "weir_certificate_left_seconds{setting=\"%s\"} %d";
    long ownLeft = Duration.between(now, end(shortOne.certificate())).toSeconds();
    long trustLeft = Duration.between(now, end(trusted)).toSeconds();

    assertThat(metrics.text().lines())
        .contains(
            left.formatted(CERTIFICATE, ownLeft),
            left.formatted("WEIR_KAFKA_TRUST_FILE", trustLeft),
            "weir_certificate_warning_seconds 172800")
        .noneMatch(line -> line.contains(TRUST));

    // A process that asks services uses its authorities.
    tls.trust().client();
    assertThat(metrics.text().lines()).contains(left.formatted(TRUST, trustLeft));
  }

  @Test
  void renewedFile_isSeenByTheWatch_withoutAConnection() throws Exception {
    show(shortOne);
    Tls tls = tls(Map.of());
    show(longOne);
    nanos.addAndGet(LOOK.toNanos());

    // Whoever asks for metrics waits for no file.
    assertThat(tls.certificates().endings())
        .singleElement()
        .satisfies(each -> assertThat(each.end()).isEqualTo(end(shortOne.certificate())));
    try (var watch = new CertificateWatch(tls.certificates(), new ManualClock(Instant.now()))) {
      watch.look();
    }
    assertThat(tls.certificates().endings())
        .singleElement()
        .satisfies(each -> assertThat(each.end()).isEqualTo(end(longOne.certificate())));
  }

  @Test
  void renewedAuthorities_areSeenByTheWatch() throws Exception {
    show(longOne);
    Path trusted = folder.resolve("trusted.pem");
    Files.copy(authority.trustFile(), trusted, StandardCopyOption.REPLACE_EXISTING);
    Tls tls = tls(Map.of(TRUST, trusted.toString()));
    tls.trust().client();
    Files.copy(shortOne.certificate(), trusted, StandardCopyOption.REPLACE_EXISTING);
    nanos.addAndGet(LOOK.toNanos());
    try (var watch = new CertificateWatch(tls.certificates(), new ManualClock(Instant.now()))) {
      watch.look();
    }

    assertThat(tls.certificates().endings())
        .filteredOn(each -> each.variable().equals(TRUST))
        .singleElement()
        .satisfies(each -> assertThat(each.end()).isEqualTo(end(trusted)));
  }

  /** The chart names the file of Kafka's authority by properties of Kafka's client. */
  @Test
  void pemOfKafkasClient_isTold_andAKeystoreOfJavaIsNot() throws Exception {
    show(longOne);
    String file = shortOne.certificate().toString();
    String trust = "WEIR_KAFKA_CLIENT_SSL_TRUSTSTORE_LOCATION";
    String key = "WEIR_KAFKA_CLIENT_SSL_KEYSTORE_LOCATION";
    Map<String, String> pem =
        Map.of(
            trust,
            file,
            "WEIR_KAFKA_CLIENT_SSL_TRUSTSTORE_TYPE",
            "PEM",
            key,
            file,
            "WEIR_KAFKA_CLIENT_SSL_KEYSTORE_TYPE",
            "PEM",
            // The property wins, so this file is not in use.
            "WEIR_KAFKA_TRUST_FILE",
            longOne.certificate().toString());
    Instant end = end(shortOne.certificate());

    assertThat(tls(pem).certificates().endings())
        .contains(new Ending(trust, end), new Ending(key, end))
        .noneMatch(each -> each.variable().equals("WEIR_KAFKA_TRUST_FILE"));
    assertThat(
            tls(Map.of(trust, file, "WEIR_KAFKA_CLIENT_SSL_TRUSTSTORE_TYPE", "PKCS12"))
                .certificates()
                .endings())
        .extracting(Ending::variable)
        .containsExactly(CERTIFICATE);
  }

  @Test
  void certificateThatBeginsLater_isToldAtTheStart() throws Exception {
    show(authority.issue("later", "-startdate=+2d", "-validity=30"));
    try (CapturedLog log = log("io.weir.process.tls.ServerKey")) {
      assertThat(tls(Map.of()).key()).isPresent();

      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARN " + CERTIFICATE)
          .contains("a certificate for another time: from ")
          .endsWith("it is shown all the same");
    }
  }

  @Test
  void log_saysItAtTheStart_forARenewedFile_andEachDay() throws Exception {
    show(shortOne);
    Instant end = end(shortOne.certificate());
    var clock = new ManualClock(end.minus(Duration.ofDays(20)));
    try (var watch = new CertificateWatch(tls(Map.of()).certificates(), clock);
        CapturedLog log = log()) {
      watch.begin();
      assertThat(log.lines()).isEmpty();

      clock.advance(Duration.ofDays(7));
      watch.look();
      clock.advance(Duration.ofHours(23));
      watch.look();
      assertThat(log.lines())
          .containsExactly(
              "WARN a certificate in the file of "
                  + CERTIFICATE
                  + " ends "
                  + end
                  + ", 13 days from now. Renew it");

      clock.advance(Duration.ofHours(1));
      watch.look();
      assertThat(log.lines()).hasSize(2);

      clock.advance(Duration.ofDays(13));
      watch.look();
      assertThat(log.lines()).hasSize(3).last().asString().contains(" ended " + end);

      show(longOne);
      nanos.addAndGet(LOOK.toNanos());
      watch.look();
      clock.advance(Duration.ofDays(2));
      watch.look();
      assertThat(log.lines()).hasSize(3);
    }
  }

  @Test
  void renewalByOneThatEndsSoon_isSaidAtOnce() throws Exception {
    show(shortOne);
    var clock = new ManualClock(Instant.now());
    Pair next = authority.issue("next", "-validity=4");
    try (var watch = new CertificateWatch(tls(Map.of()).certificates(), clock);
        CapturedLog log = log()) {
      watch.begin();
      show(next);
      nanos.addAndGet(LOOK.toNanos());
      watch.look();
      watch.look();

      assertThat(log.lines())
          .hasSize(2)
          .last()
          .asString()
          .contains(end(next.certificate()).toString());
    }
  }

  @Test
  void warningOfZero_saysOnlyWhatHasEnded_andABelowZeroOneIsRefused() throws Exception {
    show(shortOne);
    Tls tls = tls(Map.of("WEIR_HTTP_TLS_WARNING", "0s"));
    var clock = new ManualClock(end(shortOne.certificate()).minusSeconds(1));
    try (var watch = new CertificateWatch(tls.certificates(), clock);
        CapturedLog log = log()) {
      watch.look();
      assertThat(log.lines()).isEmpty();

      clock.advance(Duration.ofSeconds(1));
      watch.look();
      assertThat(log.lines()).singleElement().asString().contains(CERTIFICATE + " ended ");
    }
    assertThatThrownBy(() -> tls(Map.of("WEIR_HTTP_TLS_WARNING", "-1d")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_HTTP_TLS_WARNING");
  }

  @Test
  void service_whoseCertificateEnded_isReady_andTellsIt() throws Exception {
    Pair ended = authority.issue("ended", "-startdate=-10d", "-validity=3");
    show(ended);
    var address =
        new ListenAddress(
            "stream", "127.0.0.1", 0, Optional.of(FreePort.next()), Access.local(), tls(Map.of()));
    try (CapturedLog log = log();
        WebServer server = WebServer.of(address, new Plain());
        HttpClient client = HttpClient.newHttpClient()) {
      server.start();
      String at = "http://127.0.0.1:" + address.management().orElseThrow();

      HttpResponse<String> ready =
          client.send(
              HttpRequest.newBuilder(URI.create(at + "/ready")).build(), BodyHandlers.ofString());
      HttpResponse<String> metrics =
          client.send(
              HttpRequest.newBuilder(URI.create(at + "/metrics")).build(), BodyHandlers.ofString());

      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(metrics.body())
          .startsWith("own_metric 1\n")
          .containsPattern(
              "weir_certificate_left_seconds\\{setting=\"" + CERTIFICATE + "\"} -\\d+");
      assertThat(log.lines()).singleElement().asString().contains(CERTIFICATE + " ended ");
    }
  }

  /** A service with one metric. */
  private static final class Plain implements Operations {
    @Override
    public Health ready() {
      return Health.of(Map.of("store", Health.OK));
    }

    @Override
    public String metrics() {
      return "own_metric 1\n";
    }
  }
}
