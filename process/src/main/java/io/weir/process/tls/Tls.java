package io.weir.process.tls;

import io.weir.process.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The TLS of a service, and the trust by which it asks other services.
 *
 * @param key empty for plain HTTP
 * @param memory how long a browser asks by HTTPS alone (HSTS); zero: it is to forget that
 * @param certificates all that the process uses, those of its Kafka client too
 */
public record Tls(
    Optional<ServerKey> key, PeerTrust trust, Duration memory, Certificates certificates) {
  private static final String MEMORY = "http.tls-hsts";
  private static final Duration USUAL = Duration.ofDays(365);

  /** Plain HTTP. */
  public static Tls none() {
    return new Tls(Optional.empty(), PeerTrust.usual(), Duration.ZERO, Certificates.none());
  }

  /** Reads the settings and the files they name. */
  public static Tls from(Settings settings) {
    return from(settings, System::nanoTime);
  }

  /**
   * @param nanos a clock for durations: files are looked at again every ten seconds
   */
  public static Tls from(Settings settings, LongSupplier nanos) {
    Duration memory = settings.duration(MEMORY, USUAL);
    Optional<ServerKey> key = ServerKey.from(settings, nanos);
    PeerTrust trust = PeerTrust.from(settings, nanos);
    return new Tls(key, trust, memory, Certificates.from(settings, key, trust));
  }

  /** The scheme of the service's own address. */
  public String scheme() {
    return key.isPresent() ? "https" : "http";
  }
}
