package io.weir.sink.gold;

import java.time.Duration;

/**
 * The ages up to which gold keeps rows; zero means for good.
 *
 * @param quarters cells of 15 minutes, seen from the time up to which gold has settled; those of
 *     days stay for good
 * @param sessions rows of sessions, of their scores and of scores of impressions, seen from the
 *     same time
 * @param restatements months of restatements, by the clock
 * @param alerts reported windows and their delivered calls, by the clock
 */
public record KeepRules(
    Duration quarters, Duration sessions, Duration restatements, Duration alerts) {

  /** Restatements and alerts stay for good. */
  public KeepRules(Duration quarters, Duration sessions) {
    this(quarters, sessions, Duration.ZERO, Duration.ZERO);
  }
}
