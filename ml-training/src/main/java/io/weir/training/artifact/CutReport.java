package io.weir.training.artifact;

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
 */
public record CutReport(
    int perSession, @Nullable Long eventsSnapshot, int sessions, int withoutEvents, double share) {}
