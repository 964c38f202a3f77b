package io.weir.ingest.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that moves a minute with each reading. */
final class TickingClock extends Clock {
  private final Clock start;
  private int looks;

  TickingClock(Clock start) {
    this.start = start;
  }

  @Override
  public Instant instant() {
    return start.instant().plus(Duration.ofMinutes(looks++));
  }

  @Override
  public ZoneId getZone() {
    return start.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
