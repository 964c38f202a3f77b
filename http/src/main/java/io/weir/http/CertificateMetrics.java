package io.weir.http;

import io.weir.process.tls.Certificates;
import io.weir.process.tls.Certificates.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The time that certificates have left, in the text form of Prometheus. */
final class CertificateMetrics {
  private static final String LEFT = "weir_certificate_left_seconds";
  private static final String WARNING = "weir_certificate_warning_seconds";

  private final Certificates certificates;
  private final InstantSource clock;

  CertificateMetrics(Certificates certificates, InstantSource clock) {
    this.certificates = certificates;
    this.clock = clock;
  }

  /** Empty for a service that uses no certificate. */
  String text() {
    List<Ending> endings = certificates.endings();
    if (endings.isEmpty()) {
      return "";
    }
    Instant now = clock.instant();
    var text = new StringBuilder();
    head(text, LEFT, "until the first certificate in a file ends; below zero: it has ended");
    for (Ending each : endings) {
      text.append(LEFT).append("{setting=\"").append(each.variable()).append("\"} ");
      text.append(Duration.between(now, each.end()).toSeconds()).append('\n');
    }
    head(
        text,
        WARNING,
        "WEIR_HTTP_TLS_WARNING: with less left, somebody is told; 0: once it has ended");
    text.append(WARNING).append(' ').append(certificates.warning().toSeconds()).append('\n');
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
  }
}
