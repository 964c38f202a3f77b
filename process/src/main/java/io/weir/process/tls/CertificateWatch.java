package io.weir.process.tls;

import io.weir.process.tls.Certificates.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that a certificate ends soon or has ended: at the start, when its file was
 * renewed with one that ends soon as well, and every day. Metrics tell of what it saw last.
 */
public final class CertificateWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);
  private static final Duration TICK = Duration.ofMinutes(1);
  private static final Duration AGAIN = Duration.ofDays(1);

  private final Certificates certificates;
  private final InstantSource clock;
  private final Map<String, Said> said = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificates").factory());

  public CertificateWatch(Certificates certificates, InstantSource clock) {
    this.certificates = certificates;
    this.clock = clock;
  }

  /** What was said of a file, and when. */
  private record Said(Instant end, Instant at) {}

  /** Looks at once, and then every minute. */
  public void begin() {
    look();
    var _ =
        timer.scheduleWithFixedDelay(
            this::look, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks once. */
  public synchronized void look() {
    Instant now = clock.instant();
    certificates.look();
    for (Ending ending : certificates.endings()) {
      Duration left = Duration.between(now, ending.end());
      if (left.isPositive() && left.compareTo(certificates.warning()) >= 0) {
        said.remove(ending.variable());
      } else if (isNews(ending, now)) {
        say(ending, now);
        said.put(ending.variable(), new Said(ending.end(), now));
      }
    }
  }

  private boolean isNews(Ending ending, Instant now) {
    Said before = said.get(ending.variable());
    return before == null
        || !before.end().equals(ending.end())
        || Duration.between(before.at(), now).compareTo(AGAIN) >= 0;
  }

  private static void say(Ending ending, Instant now) {
    Duration left = Duration.between(now, ending.end());
    if (!left.isPositive()) {
      log.warn(
          "a certificate in the file of {} ended {}: whoever checks it is refused. Renew it",
          ending.variable(),
          ending.end());
    } else {
      log.warn(
          "a certificate in the file of {} ends {}, {} from now. Renew it",
          ending.variable(),
          ending.end(),
          shown(left));
    }
  }

  private static String shown(Duration left) {
    return left.toDays() > 1
        ? left.toDays() + " days"
        : left.toHours() > 1 ? left.toHours() + " hours" : left.toMinutes() + " minutes";
  }

  /** May be called twice. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
