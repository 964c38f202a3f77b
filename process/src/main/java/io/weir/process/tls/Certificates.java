package io.weir.process.tls;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The certificates that a process uses, and when they end: the one that it shows to callers, the
 * authorities that it trusts, and those of its Kafka client.
 */
public final class Certificates {
  private static final String WARNING = "http.tls-warning";
  private static final Duration USUAL_WARNING = Duration.ofDays(14);
  private static final List<String> OF_KAFKA =
      List.of("kafka.trust-file", "kafka.certificate-file");

  private final List<Supplier<Optional<Ending>>> files;
  private final Duration warning;

  /**
   * @param warning with less time left, somebody is to be told; zero: nobody is
   */
  Certificates(List<Supplier<Optional<Ending>>> files, Duration warning) {
    this.files = List.copyOf(files);
    this.warning = warning;
  }

  /**
   * A file with certificates that are in use.
   *
   * @param variable the setting that names it, such as {@code WEIR_HTTP_TLS_CERTIFICATE_FILE}
   * @param end of the certificate in it that ends first
   */
  public record Ending(String variable, Instant end) {

    /** Of the certificates of a file; empty if it has none. */
    static Optional<Ending> of(String key, List<X509Certificate> certificates) {
      return certificates.stream()
          .map(each -> each.getNotAfter().toInstant())
          .min(Comparator.naturalOrder())
          .map(end -> new Ending(Settings.variable(key), end));
    }
  }

  /** For a process without TLS. */
  static Certificates none() {
    return new Certificates(List.of(), Duration.ZERO);
  }

  /** Those of a service, and those of its Kafka client. */
  static Certificates from(Settings settings, Optional<ServerKey> key, PeerTrust trust) {
    Duration warning = settings.duration(WARNING, USUAL_WARNING);
    if (warning.isNegative()) {
      throw new StartupException(Settings.variable(WARNING) + " must be 0s or more, is " + warning);
    }
    Stream<Supplier<Optional<Ending>>> own =
        Stream.of(() -> key.flatMap(ServerKey::ending), trust::ending);
    Stream<Supplier<Optional<Ending>>> ofKafka =
        OF_KAFKA.stream().map(setting -> ofKafka(settings, setting)).map(ending -> () -> ending);
    return new Certificates(Stream.concat(own, ofKafka).toList(), warning);
  }

  /**
   * Kafka's client reads its files once, so they are read once here. What it cannot read it refuses
   * itself, with a line of its own.
   */
  private static Optional<Ending> ofKafka(Settings settings, String key) {
    try {
      Optional<Renewed.Source> source = TlsFiles.source(settings, key);
      return source.isEmpty()
          ? Optional.empty()
          : Ending.of(key, Pem.certificates(Renewed.text(source.get())));
    } catch (StartupException | CertificateException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The files that are in use now. A renewed file is looked at, as by a new connection. */
  public List<Ending> endings() {
    return files.stream().flatMap(each -> each.get().stream()).toList();
  }

  /** With less time left, somebody is to be told; zero: nobody is. */
  public Duration warning() {
    return warning;
  }
}
