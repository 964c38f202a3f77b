package io.weir.stream.query;

import io.micronaut.serde.annotation.Serdeable;

/**
 * Where this instance is, told every second.
 *
 * @param sessionsSkipped sessions that closed faster than they can be shown, since the start
 */
@Serdeable
public record LiveCounters(Status status, long openSessions, long sessionsSkipped) {}
