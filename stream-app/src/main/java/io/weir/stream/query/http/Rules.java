package io.weir.stream.query.http;

import io.micronaut.serde.annotation.Serdeable;
import io.weir.stream.ingest.TimeRules;
import io.weir.stream.session.rules.SessionRules;
import java.time.Duration;

/**
 * What becomes of events by their time, as ISO 8601 durations.
 *
 * @param maxEventAge older events are rejected
 * @param maxFutureSkew events further ahead are rejected
 * @param allowedLateness events further behind the watermark join no session
 */
@Serdeable
public record Rules(
    String maxEventAge,
    String maxFutureSkew,
    String allowedLateness,
    String sessionGap,
    String sessionGrace) {

  public static Rules of(TimeRules times, SessionRules sessions) {
    return new Rules(
        text(times.maxEventAge()),
        text(times.maxFutureSkew()),
        text(sessions.allowedLateness()),
        text(sessions.gap()),
        text(sessions.grace()));
  }

  private static String text(Duration duration) {
    return duration.toString();
  }
}
