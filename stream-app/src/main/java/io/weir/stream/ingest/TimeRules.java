package io.weir.stream.ingest;

import java.time.Duration;

/**
 * Which event times are believed.
 *
 * @param maxFutureSkew how far an event may lie after its append time
 * @param maxEventAge how far an event may lie before its append time
 */
public record TimeRules(Duration maxFutureSkew, Duration maxEventAge) {}
