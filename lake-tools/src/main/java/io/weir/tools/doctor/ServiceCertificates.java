package io.weir.tools.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The certificates of a service, by what its metrics tell. */
final class ServiceCertificates {
  private static final Pattern LEFT =
      Pattern.compile("(?m)^weir_certificate_left_seconds\\{setting=\"(\\w+)\"} (-?\\d{1,12})$");
  private static final Pattern WARNING =
      Pattern.compile("(?m)^weir_certificate_warning_seconds (\\d{1,12})$");
  private static final String ACTION = "renew it; docs/runbook.md#weircertificateends";

  private ServiceCertificates() {}

  /** What its operator should know; nothing of a service that uses no certificate. */
  static List<Finding> look(String part, String metrics) {
    long warning =
        WARNING
            .matcher(metrics)
            .results()
            .mapToLong(each -> Long.parseLong(each.group(1)))
            .findFirst()
            .orElse(0);
    var seen = new ArrayList<Finding>();
    for (MatchResult each : LEFT.matcher(metrics).results().toList()) {
      String file = "a certificate in the file of " + each.group(1);
      Duration left = Duration.ofSeconds(Long.parseLong(each.group(2)));
      if (!left.isPositive()) {
        seen.add(Finding.fail(part, file + " has ended", ACTION));
      } else if (left.toSeconds() < warning) {
        seen.add(Finding.warn(part, file + " ends in " + days(left), ACTION));
      } else {
        seen.add(Finding.ok(part, file + " is good for " + days(left)));
      }
    }
    return seen;
  }

  private static String days(Duration left) {
    return left.toDays() > 1 ? left.toDays() + " days" : left.toHours() + " hours";
  }
}
