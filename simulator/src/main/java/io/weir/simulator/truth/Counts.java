package io.weir.simulator.truth;

/**
 * The numbers of sent records. {@code produced = distinctValid + duplicates + malformed +
 * internal}; closing events are counted separately.
 */
public record Counts(
    long produced,
    long distinctValid,
    long duplicates,
    long malformed,
    long internal,
    long late,
    long outOfOrder,
    long closing,
    long bots) {}
