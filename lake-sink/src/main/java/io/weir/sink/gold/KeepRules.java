package io.weir.sink.gold;

import java.time.Duration;

/**
 * The ages up to which gold keeps rows, seen from the time up to which it has settled.
 *
 * @param quarters cells of 15 minutes; those of days stay for good
 * @param sessions rows of sessions and of their scores; zero means for good
 */
public record KeepRules(Duration quarters, Duration sessions) {}
