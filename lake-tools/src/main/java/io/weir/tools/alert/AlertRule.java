package io.weir.tools.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.process.StartupException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A metric, a condition and a window.
 *
 * @param part of the metric that is watched
 * @param window 15 minutes to a day
 * @param leastSessions a window with fewer sessions does not count
 * @param delay how long after its end a window is decided
 */
record AlertRule(
    String name,
    AlertMetric metric,
    Part part,
    Condition condition,
    Duration window,
    long leastSessions,
    Duration delay) {
  static final Duration DAY = Duration.ofDays(1);
  private static final int SHOWN = 16;

  /** What of the metric is watched: one value of a dimension, in one currency; empty for all. */
  record Part(String dimension, String value, String currency) {
    static final Part ALL = new Part("", "", "");
  }

  boolean countsSessions() {
    return metric.countsSessions(part.dimension());
  }

  boolean isOfDays() {
    return window.equals(DAY);
  }

  /** Refuses windows that gold has forgotten before they, and what they are compared with, end. */
  void checkAgainst(Duration quartersKept) {
    Duration needed = window.plus(delay).plusDays(condition.days() + 1L);
    if (!isOfDays() && quartersKept.compareTo(needed) <= 0) {
      throw new StartupException(
          "rule %s compares with %dd before, gold keeps 15 minutes for %dd; use window 1d or a shorter compared_with"
              .formatted(name, condition.days(), quartersKept.toDays()));
    }
  }

  /** Tells rules apart whose windows would be decided in another way. */
  String fingerprint() {
    String text =
        String.join(
            "\n",
            metric.name(),
            part.toString(),
            condition.text(),
            window.toString(),
            Long.toString(leastSessions));
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String text() {
    String of = part.dimension().isEmpty() ? "" : " of " + part.dimension() + " " + part.value();
    String money = part.currency().isEmpty() ? "" : " in " + part.currency();
    return metric.name() + of + money + " " + condition.text();
  }
}
