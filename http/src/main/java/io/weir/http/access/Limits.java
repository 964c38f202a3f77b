package io.weir.http.access;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.time.Duration;

/**
 * The bounds of what one caller may ask for.
 *
 * @param body bytes of a request
 * @param rate requests of one client in a second, on average; 0 for any number
 * @param patience until a request that began has arrived whole
 */
public record Limits(int body, int rate, Duration patience) {
  private static final int BODY = 3 << 20;
  private static final int LARGEST_BODY = 64 << 20;
  private static final int RATE = 100;
  private static final int FASTEST = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String BODY_LIMIT = "http.body-limit";
  private static final String REQUEST_TIMEOUT = "http.request-timeout";

  /** For programs of this machine, which are not counted. */
  public static Limits local() {
    return new Limits(BODY, 0, PATIENCE);
  }

  static Limits from(Settings settings, boolean isLocal) {
    long body = settings.bytes(BODY_LIMIT, BODY);
    if (body < 1_024 || body > LARGEST_BODY) {
      throw new StartupException(Settings.variable(BODY_LIMIT) + " must be from 1k to 64m");
    }
    Duration patience = settings.duration(REQUEST_TIMEOUT, PATIENCE);
    if (patience.toMillis() < 100 || patience.compareTo(Duration.ofHours(1)) > 0) {
      throw new StartupException(
          Settings.variable(REQUEST_TIMEOUT) + " must be from 100ms to 1h, is " + patience);
    }
    return new Limits(
        (int) body, settings.integer("http.rate", isLocal ? 0 : RATE, 0, FASTEST), patience);
  }
}
