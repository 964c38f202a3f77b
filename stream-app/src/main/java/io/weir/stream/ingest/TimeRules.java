package io.weir.stream.ingest;

import java.time.Duration;

/**
 * The rules that decide which event times are accepted.
 *
 * @param maxFutureSkew how far an event may lie after its append time
 * @param maxEventAge how far an event may lie before its append time
 */
public record TimeRules(Duration maxFutureSkew, Duration maxEventAge) {}
