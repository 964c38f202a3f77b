package io.weir.simulator.truth;

/**
 * The numbers of sent records. {@code produced = distinctValid + duplicates + malformed}; closing
 * events are counted separately.
 */
public record Counts(
    long produced,
    long distinctValid,
    long duplicates,
    long malformed,
    long late,
    long outOfOrder,
    long closing,
    long bots) {}
