package io.weir.training.session;

import org.jspecify.annotations.Nullable;

/**
 * The prefixes that a model learnt from beside whole sessions.
 *
 * @param perSession so many of each
 * @param eventsSnapshot of {@code silver.events}; null for a file
 * @param sessions that were cut
 * @param withoutEvents sessions that were not, because the lake does not have the events that they
 *     were made of
 * @param share of all sessions that were to be cut; less than 1 if there are too many
 * @param isLearnt whether they were enough for trees of their own; if not, open sessions get scores
 *     of closed ones
 */
public record CutReport(
    int perSession,
    @Nullable Long eventsSnapshot,
    int sessions,
    int withoutEvents,
    double share,
    boolean isLearnt) {

  /** The same, once the rows are divided. */
  public CutReport learnt(boolean isEnough) {
    return new CutReport(perSession, eventsSnapshot, sessions, withoutEvents, share, isEnough);
  }
}
