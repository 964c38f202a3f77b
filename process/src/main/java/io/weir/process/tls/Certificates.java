package io.weir.process.tls;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.tls.Renewed.Source;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

  /** Properties of Kafka's client by the setting that stands for them. */
  private static final Map<String, String> OF_KAFKA =
      Map.of("kafka.trust-file", "ssl.truststore", "kafka.certificate-file", "ssl.keystore");

  private static final String CLIENT = "kafka.client";
  private static final String PEM = "PEM";

  private final Runnable renewal;
  private final List<Supplier<Optional<Ending>>> files;
  private final Duration warning;

  /**
   * @param renewal lets the files be looked at again
   * @param warning with less time left, somebody is to be told; zero: only of one that has ended
   */
  private Certificates(Runnable renewal, List<Supplier<Optional<Ending>>> files, Duration warning) {
    this.renewal = renewal;
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

    /** The end that comes first among the certificates of a file; empty if it has none. */
    static Optional<Ending> of(String key, List<X509Certificate> certificates) {
      return certificates.stream()
          .map(each -> each.getNotAfter().toInstant())
          .min(Comparator.naturalOrder())
          .map(end -> new Ending(Settings.variable(key), end));
    }
  }

  /** For a process without TLS. */
  static Certificates none() {
    return new Certificates(() -> {}, List.of(), Duration.ZERO);
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
        OF_KAFKA.keySet().stream()
            .sorted()
            .map(setting -> ofKafka(settings, setting))
            .map(ending -> () -> ending);
    Runnable renewal =
        () -> {
          key.ifPresent(ServerKey::look);
          trust.look();
        };
    return new Certificates(renewal, Stream.concat(own, ofKafka).toList(), warning);
  }

  /**
   * Kafka's client reads its files once, so they are read once here. What it cannot read it refuses
   * itself, with a line of its own.
   */
  private static Optional<Ending> ofKafka(Settings settings, String setting) {
    try {
      Optional<Source> source = fileOfKafka(settings, setting);
      return source.isEmpty()
          ? Optional.empty()
          : Ending.of(source.get().key(), Pem.certificates(Renewed.text(source.get())));
    } catch (StartupException | CertificateException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** A property of Kafka's client wins over the setting that stands for it. */
  private static Optional<Source> fileOfKafka(Settings settings, String setting) {
    String store = OF_KAFKA.get(setting);
    Map<String, String> client = settings.group(CLIENT);
    if (!client.containsKey(store + ".location")) {
      return TlsFiles.source(settings, setting);
    }
    String usual = settings.text(setting).isPresent() ? PEM : "";
    return client.getOrDefault(store + ".type", usual).strip().equals(PEM)
        ? TlsFiles.source(settings, CLIENT + "." + store + ".location")
        : Optional.empty();
  }

  /** Looks at files that may be renewed, as a new connection does. */
  void look() {
    renewal.run();
  }

  /** When the certificates in use end, as they were read last. No file is read. */
  public List<Ending> endings() {
    return files.stream().flatMap(each -> each.get().stream()).toList();
  }

  /** With less time left, somebody is to be told; zero: only of one that has ended. */
  public Duration warning() {
    return warning;
  }
}
