package io.weir.stream.ingest;

import java.time.Duration;

/**
 * The rules that decide which event times are accepted.
 *
 * @param maxFutureSkew how far an event may lie after its append time
 * @param maxEventAge how far an event may lie before its append time
 * @param hasCopiedTimes whether a topic without append times has copies of them as its timestamps
 */
public record TimeRules(Duration maxFutureSkew, Duration maxEventAge, boolean hasCopiedTimes) {

  /** Rules that take append times from the broker only. */
  public TimeRules(Duration maxFutureSkew, Duration maxEventAge) {
    this(maxFutureSkew, maxEventAge, false);
  }
}
